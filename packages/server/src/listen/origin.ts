/**
 * Which URL a request was for, as the client saw it. Links in answers (next, upload, download, monitor) are made
 * from it, so behind a TLS relay they must say what X-Forwarded-Proto and X-Forwarded-Host say: Microsoft's
 * JavaScript client never signs an `http://` link and oauthlib refuses one. Pure, so that odd targets can be fuzzed.
 */

/** What a request says about itself; header values as received. */
export interface RequestTarget {
  /** The request-target of the request line: origin form, absolute form or `*`. */
  readonly target: string;
  readonly host: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedHost: string | undefined;
  /** How the connection itself came in. */
  readonly encrypted: boolean;
  /** Used where an HTTP/1.0 client sent no Host: `127.0.0.1:8080`. */
  readonly localHost: string;
}

const authority = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*)|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * The absolute URL of a request, or undefined when its target or Host cannot be one. A path that starts with `//` stays
 * a path: it never becomes a host.
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

/** Each relay appends to the list; the first entry is what the client saw. */
export function firstOf(value: string | undefined): string | undefined {
  return value?.split(',', 1)[0]?.trim();
}

function acceptable(host: string | undefined): string | undefined {
  return host !== undefined && isAuthority(host) ? host : undefined;
}

/** Is it `host` or `host:port`, without a user? */
export function isAuthority(host: string): boolean {
  return authority.test(host);
}
