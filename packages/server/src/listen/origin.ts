/**
 * The URL of a request as seen by the client. Links in responses (next, upload, download, monitor) are built from it, so
 * behind a TLS relay they must use X-Forwarded-Proto and X-Forwarded-Host: Microsoft's JavaScript client never signs an
 * `http://` link, and oauthlib refuses one. Pure, so that unusual targets can be fuzzed.
 */

/** The parts of a request that determine its URL; header values as received. */
export interface RequestTarget {
  /** The request target of the request line: origin form, absolute form or `*`. */
  readonly target: string;
  readonly host: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedHost: string | undefined;
  /** The scheme of the connection itself. */
  readonly encrypted: boolean;
  /** Used if an HTTP/1.0 client sent no Host header: `127.0.0.1:8080`. */
  readonly localHost: string;
}

const authority = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * The absolute URL of a request, or undefined if its target or Host is invalid. A path that starts with `//` remains a path
 * and is never treated as a host.
 */
export function requestUrl(request: RequestTarget): URL | undefined {
  const scheme = forwardedScheme(request.forwardedProto) ?? (request.encrypted ? 'https' : 'http');
  const path = pathOf(request.target);
  const host =
    acceptable(firstOf(request.forwardedHost)) ?? acceptable(path?.host ?? request.host ?? request.localHost);
  if (path === undefined || host === undefined) return undefined;
  try {
    return new URL(`${scheme}://${host}${path.text}`);
  } catch {
    return undefined;
  }
}

function pathOf(target: string): { readonly text: string; readonly host?: string } | undefined {
  if (target.startsWith('/')) return { text: target };
  if (target === '*') return { text: '/' };
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target);
  if (!absolute) return undefined;
  const [, host = '', rest = ''] = absolute;
  return { text: rest.startsWith('/') ? rest : `/${rest}`, host };
}

function forwardedScheme(value: string | undefined): 'http' | 'https' | undefined {
  const scheme = firstOf(value)?.toLowerCase();
  return scheme === 'http' || scheme === 'https' ? scheme : undefined;
}

/** Each relay appends to the list; the first entry was seen by the client. */
export function firstOf(value: string | undefined): string | undefined {
  return value?.split(',', 1)[0]?.trim();
}

function acceptable(host: string | undefined): string | undefined {
  return host !== undefined && isAuthority(host) ? host : undefined;
}

/** Whether the text is `host` or `host:port`, without credentials. */
export function isAuthority(host: string): boolean {
  return authority.test(host);
}
