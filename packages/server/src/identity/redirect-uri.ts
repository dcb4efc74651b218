/**
 * The redirect URIs that are allowed. An unregistered application may use only loopback addresses and addresses that belong
 * to no web site, so that a page on the web cannot obtain a code for a user's drive. On this server itself only its own
 * sign-in page and the page for native programs are allowed. Rules:
 * https://learn.microsoft.com/entra/identity-platform/reply-url (localhost: any port, but the path must match).
 */

/**
 * Sign-in hosts of Microsoft's clouds; their `nativeclient` page is the redirect URI of programs without one of their own.
 */
const loginHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'login.microsoftonline.de',
  'login.live.com',
]);
const nativePath = /^\/(?:[^/]+\/oauth2\/nativeclient|oauth20_desktop\.srf)$/;
/** The client id of the page at `/`. */
export const ownPageId = 'onedrive-kit-page';
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface RedirectRules {
  /** The registered redirect URIs. Undefined: the application is not registered or has none. */
  readonly registered: readonly string[] | undefined;
  readonly clientId: string;
  /** Whether a URL is on this server. */
  readonly isOwn: (url: URL) => boolean;
}

/** Whether an authorization response may be sent to `uri`. */
export function redirectAllowed(uri: string, rules: RedirectRules): boolean {
  const url = parse(uri);
  if (url === undefined) return false;
  if (
    rules.registered !== undefined &&
    !rules.registered.some((isAllowedHost) => sameRedirect(isAllowedHost, uri))
  )
    return false;
  if (rules.isOwn(url)) return isNative(url, rules) || isOwnPage(url, rules);
  return rules.registered !== undefined || isLoopback(url) || isNative(url, rules);
}

/** Equal, or, for a loopback address over http, equal except for the port (RFC 8252 §7.3). */
export function sameRedirect(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const isAllowedHost = parse(registered);
  const requestedUrl = parse(requested);
  if (!isAllowedHost || !requestedUrl || !isLoopback(isAllowedHost) || isAllowedHost.protocol !== 'http:')
    return false;
  return (
    isAllowedHost.protocol === requestedUrl.protocol &&
    isAllowedHost.hostname === requestedUrl.hostname &&
    isAllowedHost.pathname === requestedUrl.pathname &&
    isAllowedHost.search === requestedUrl.search
  );
}

/** Whether a URL can be a redirect URI: absolute, without a fragment (RFC 6749 §3.1.2) and without credentials. */
function parse(uri: string): URL | undefined {
  if (uri.includes('#') || /[\s\\]/.test(uri) || !URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  return url.username === '' && url.password === '' ? url : undefined;
}

function isLoopback(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && loopbackHosts.has(url.hostname);
}

/** The page at `/`, this server's only page that may be a redirect URI; it uses PKCE. */
export function isOwnPage(url: URL, { clientId, isOwn }: Omit<RedirectRules, 'registered'>): boolean {
  return isOwn(url) && clientId === ownPageId && url.pathname === '/' && url.search === '';
}

function isNative(url: URL, { clientId, isOwn }: RedirectRules): boolean {
  if (url.protocol === `msal${clientId.toLowerCase()}:`) return url.host === 'auth';
  const isAllowedHost = (url.protocol === 'https:' && loginHosts.has(url.host)) || isOwn(url);
  return isAllowedHost && nativePath.test(url.pathname) && url.search === '';
}

/** The response modes: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Adds the response parameters to the query or fragment of an address. Existing query parameters are kept. */
export function withAnswer(
  uri: string,
  mode: 'query' | 'fragment',
  parameters: Readonly<Record<string, string>>,
): string {
  const text = new URLSearchParams(parameters).toString();
  if (mode === 'fragment') return `${uri}#${text}`;
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`;
}
