/** The banner of `serve`: how to use the running server in other programs. */

/** The address and the modes of the server. */
export interface ServerInfo {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly tls: boolean;
  readonly intercept: boolean;
  /** The certificate file that clients must trust, with TLS. */
  readonly ca: string | undefined;
}

/** The lines of the banner. */
export function serveBanner(server: ServerInfo): readonly string[] {
  const { url, ca } = server;
  return [
    `The embedded OneDrive server is running at ${url}. Open it in a browser to see its files.`,
    '',
    `  Graph     ${url}/v1.0`,
    `  Live v5.0 ${url}/v5.0 (BITS at ${url}/items/… and /users/0x…, sign-in at /oauth20_authorize.srf)`,
    `  sign-in   ${url}/common/oauth2/v2.0 (any client id, any account of the server)`,
    `  control   ${url}/_control/health (faults, clock, request log, reset)`,
    ...(ca === undefined ? [] : [`  CA file   ${ca}`]),
    '',
    'onedrive-cli: save these lines as embedded.yaml, then run: onedrive-cli -c embedded.yaml auth',
    '  client: {id: embedded}',
    `  endpoints: {authority: "${url}", graph: "${url}", live: "${url}"}`,
    ...(server.intercept ? interceptLines(server) : directLines(server)),
    '',
    'Press Ctrl-C to stop.',
  ];
}

/** For programs with a configurable address. */
function directLines({ url, tls, ca }: ServerInfo): readonly string[] {
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
      : ['msal, Graph JS: need https: start the server with --tls']),
    'rclone and other programs with hard-coded Microsoft hosts: start the server with --intercept',
  ];
}

/** For programs with hard-coded Microsoft hosts. */
function interceptLines({ url, ca = '' }: ServerInfo): readonly string[] {
  return [
    'rclone and other Go programs:',
    `  HTTPS_PROXY=${url} SSL_CERT_FILE=${quoted(ca)} rclone lsf onedrive:`,
    'curl, Python (requests):',
    `  HTTPS_PROXY=${url} CURL_CA_BUNDLE=${quoted(ca)} REQUESTS_CA_BUNDLE=${quoted(ca)} …`,
    'Node 24 (msal, the Graph client):',
    `  NODE_USE_ENV_PROXY=1 HTTPS_PROXY=${url} NODE_EXTRA_CA_CERTS=${quoted(ca)} node …`,
    'Requests to hosts other than Microsoft’s file services are refused and listed here.',
  ];
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
