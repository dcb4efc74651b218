/** Advice by error code for DNS, connection and certificate errors. */

const names: Readonly<Record<string, string>> = {
  ENOTFOUND:
    'Check the name server of this machine, and whether a VPN is needed. If only a proxy can resolve names, set HTTPS_PROXY.',
  EAI_AGAIN: 'No name server answers: check the network connection, then the name server of this machine.',
};

/** Advice for a name that cannot be resolved. */
export function aboutName(code: string): string {
  return names[code] ?? 'Check the network connection and the name server of this machine.';
}

const interception =
  'TLS traffic is being intercepted (proxy, firewall or antivirus with its own certificate). Get the certificate of its authority and set --ca-cert, network.ca_cert or NODE_EXTRA_CA_CERTS to the file.';
const wrongTime =
  'Set the clock of this machine if it is wrong. If it is right, report the expired certificate to the administrator of the server or proxy.';
const wrongName =
  'Another server answers under this name: check the hosts file, the name server, the proxy, and the setting endpoints.';

const certificates: Readonly<Record<string, readonly [found: string, next: string]>> = {
  CERT_HAS_EXPIRED: ['its certificate has expired', wrongTime],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', wrongTime],
  ERR_TLS_CERT_ALTNAME_INVALID: ['its certificate is for another name', wrongName],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is self-signed', interception],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate comes from an unknown authority', interception],
  UNABLE_TO_GET_ISSUER_CERT: ['its certificate comes from an unknown authority', interception],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its certificate comes from an unknown authority', interception],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its certificate comes from an unknown authority', interception],
};

/** The problem with a certificate, and advice. */
export function aboutCertificate(code: string): { readonly found: string; readonly next: string } {
  const [found, next] = certificates[code] ?? [`its certificate is refused (${code})`, interception];
  return { found, next };
}

/** Advice for a failed TLS handshake. */
export const aboutHandshake =
  'A firewall, or the sign-in page of a public network, blocks TLS. Open the address in a browser.';

/** Advice for a failed connection. */
export const aboutConnection =
  'Check the network connection and the firewall. If requests have to go through a proxy, set HTTPS_PROXY.';
