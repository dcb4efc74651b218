/** What `serve` tells a person: how to bring each kind of program to the server that now runs. */

/** Where the server is and what it does besides answering. */
export interface Served {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly tls: boolean;
  readonly intercept: boolean;
  /** The file that a client has to trust, where there is TLS. */
  readonly ca: string | undefined;
}

/** The lines of the banner. */
export function serveBanner(served: Served): readonly string[] {
  const { url, ca } = served;
  return [
    `An embedded OneDrive listens at ${url}. Open it in a browser to look inside.`,
    '',
    `  Graph     ${url}/v1.0`,
    `  Live v5.0 ${url}/v5.0 (BITS at ${url}/items/… and /users/0x…, sign-in at /oauth20_authorize.srf)`,
    `  sign-in   ${url}/common/oauth2/v2.0 (any client id; any account that it has)`,
    `  control   ${url}/_control/health (faults, clock, request log, reset)`,
    ...(ca === undefined ? [] : [`  CA file   ${ca}`]),
    '',
    'onedrive-cli: save this as embedded.yaml, then onedrive-cli -c embedded.yaml auth',
    '  client: {id: embedded}',
    `  endpoints: {authority: "${url}", graph: "${url}", live: "${url}"}`,
    ...(served.intercept ? interceptLines(served) : directLines(served)),
    '',
    'Ctrl-C stops it.',
  ];
}

/** Programs that can be told another address. */
function directLines({ url, tls, ca }: Served): readonly string[] {
  const curl = `curl${ca === undefined ? '' : ` --cacert ${quoted(ca)}`}`;
  return [
    `curl:         TOKEN=$(${curl} -sX POST -H 'Accept: text/plain' ${url}/_control/token)`,
    `              ${curl} -H "Authorization: Bearer $TOKEN" ${url}/v1.0/me/drive`,
    `Graph JS:     Client.init({ baseUrl: '${url}', customHosts: new Set(['${new URL(url).hostname}']), … })`,
    ...(tls
      ? [
          `msal-node:    authority: '${url}/common', knownAuthorities: ['${new URL(url).host}']`,
          `              with NODE_EXTRA_CA_CERTS=${ca ?? ''}`,
        ]
      : ['msal, Graph JS: they want https; start with --tls']),
    'rclone and other programs that know Microsoft’s names only: start with --intercept',
  ];
}

/** Programs that know Microsoft's names only. */
function interceptLines({ url, ca = '' }: Served): readonly string[] {
  return [
    'rclone and other Go programs:',
    `  HTTPS_PROXY=${url} SSL_CERT_FILE=${quoted(ca)} rclone lsf onedrive:`,
    'curl, Python (requests):',
    `  HTTPS_PROXY=${url} CURL_CA_BUNDLE=${quoted(ca)} REQUESTS_CA_BUNDLE=${quoted(ca)} …`,
    'Node 24 (msal, the Graph client):',
    `  NODE_USE_ENV_PROXY=1 HTTPS_PROXY=${url} NODE_EXTRA_CA_CERTS=${quoted(ca)} node …`,
    'Names other than those of Microsoft’s file services are refused, and shown here.',
  ];
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
