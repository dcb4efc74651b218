/**
 * Errors for requests without a response: they name the host and describe the system's error code. Of the
 * URL, the message contains only the host, because upload and download URLs are secrets.
 */
import { isOneDriveError, OneDriveError } from '../errors/index.ts';

/**
 * What a network error allows to conclude. `unreachable`: nothing was sent; `untrusted`: the certificate was
 * refused, so a retry is pointless; `broken`: the request may or may not have taken effect.
 */
export type NetworkFault = 'unreachable' | 'untrusted' | 'broken';

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening there (connection refused)',
  ENOTFOUND: 'the name is unknown (DNS)',
  EAI_AGAIN: 'the name server does not answer (DNS)',
  ENETUNREACH: 'the network is unreachable',
  EHOSTUNREACH: 'the host is unreachable',
  ENETDOWN: 'the network is down',
  EADDRNOTAVAIL: 'no local address is free',
  ECONNECTTIMEOUT: 'it did not accept the connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept the connection in time',
};

const broken: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while sending',
  ECONNABORTED: 'the connection was aborted',
  ETIMEDOUT: 'the connection timed out',
  ETRUNCATED: 'the response was truncated',
  EIDLETIMEOUT: 'no data arrived for too long',
  ETRICKLE: 'the response was too slow',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_HEADERS_TIMEOUT: 'no response arrived in time',
  UND_ERR_BODY_TIMEOUT: 'no data arrived for too long',
};

const hints: Readonly<Record<NetworkFault, string>> = {
  unreachable: 'Check the network connection, the address and any proxy or firewall, then try again.',
  untrusted:
    'If a proxy or a private certificate authority is expected, set NODE_EXTRA_CA_CERTS to its certificate file.',
  broken: 'Try again. The request may or may not have taken effect.',
};

/**
 * Wraps an error of a socket.
 * @param url of the request; only its host is shown.
 * @param cause the original error; errors that this project created are returned unchanged.
 */
export function networkError(url: string, cause: unknown): OneDriveError {
  if (isOneDriveError(cause)) return cause;
  const code = systemCode(cause);
  const fault = faultOf(code);
  const lead =
    fault === 'broken' ? 'The connection to' : fault === 'unreachable' ? 'Cannot reach' : 'Do not trust';
  const words = unreachable[code] ?? broken[code] ?? plainWords(cause, code);
  const verb = fault === 'broken' ? ' broke: ' : ': ';
  return new OneDriveError('network', `${lead} ${hostOf(url)}${verb}${words}.`, {
    cause,
    hint: hints[fault],
  });
}

/**
 * Creates an error of the same family for a reason that is not a socket error, for example a body that ended
 * early.
 */
export function networkFailure(
  url: string,
  code: 'ETRUNCATED' | 'EIDLETIMEOUT' | 'ETRICKLE' | 'ECONNECTTIMEOUT',
  detail: string,
): OneDriveError {
  return networkError(url, Object.assign(new Error(detail), { code }));
}

/** Returns the kind of network error; undefined for other errors. */
export function networkFault(error: unknown): NetworkFault | undefined {
  return isOneDriveError(error) && error.code === 'network' ? faultOf(systemCode(error.cause)) : undefined;
}

function faultOf(code: string): NetworkFault {
  if (code in unreachable) return 'unreachable';
  return /CERT|ERR_TLS|ERR_SSL|EPROTO|SELF_SIGNED|UNABLE_TO_/.test(code) ? 'untrusted' : 'broken';
}

/**
 * Returns the first `code` in the chain of causes; fetch hides it one level deeper, and a dual-stack connect
 * in `errors`.
 */
function systemCode(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return systemCode(cause ?? (Array.isArray(errors) ? errors[0] : undefined), depth + 1);
}

function plainWords(error: unknown, code: string): string {
  const message = error instanceof Error ? error.message.split('\n')[0] : '';
  return (
    [message?.replace(/https?:\/\/\S+/g, '…').slice(0, 160), code && `(${code})`].filter(Boolean).join(' ') ||
    'unknown error'
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the server';
}
