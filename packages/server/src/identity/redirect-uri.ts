/**
 * Where an answer to a sign-in may be sent. An application without a registration gets the addresses that belong to
 * this machine or to no site at all, so a page on the web cannot collect a code for somebody's drive; on this server
 * itself only its own page and the page for native programs take one. Rules:
 * https://learn.microsoft.com/entra/identity-platform/reply-url (localhost: any port, the path counts).
 */

/** Login hosts of Microsoft's clouds: their `nativeclient` page is the address of programs without one. */
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
  /** What the application registered; undefined: it is not registered or registered none. */
  readonly registered: readonly string[] | undefined;
  readonly clientId: string;
  /** Does a URL lead to this server itself? */
  readonly isOwn: (url: URL) => boolean;
}

/** Whether an authorization answer may go to `uri`. */
export function redirectAllowed(uri: string, rules: RedirectRules): boolean {
  const url = parse(uri);
  if (url === undefined) return false;
  if (rules.registered !== undefined && !rules.registered.some((known) => sameRedirect(known, uri)))
    return false;
  if (rules.isOwn(url)) return isNative(url, rules) || isOwnPage(url, rules);
  return rules.registered !== undefined || isLoopback(url) || isNative(url, rules);
}

/** Equal as text, or, for a loopback address over http, equal but for the port (RFC 8252 §7.3). */
export function sameRedirect(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const known = parse(registered);
  const asked = parse(requested);
  if (!known || !asked || !isLoopback(known) || known.protocol !== 'http:') return false;
  return (
    known.protocol === asked.protocol &&
    known.hostname === asked.hostname &&
    known.pathname === asked.pathname &&
    known.search === asked.search
  );
}

/** A URL that can take an answer: absolute, without a fragment (RFC 6749 §3.1.2) and without a user in it. */
function parse(uri: string): URL | undefined {
  if (uri.includes('#') || /[\s\\]/.test(uri) || !URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  return url.username === '' && url.password === '' ? url : undefined;
}

function isLoopback(url: URL): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && loopbackHosts.has(url.hostname);
}

/** The page at `/`, the only one of this server that a sign-in leads back to; it uses PKCE. */
export function isOwnPage(url: URL, { clientId, isOwn }: Omit<RedirectRules, 'registered'>): boolean {
  return isOwn(url) && clientId === ownPageId && url.pathname === '/' && url.search === '';
}

function isNative(url: URL, { clientId, isOwn }: RedirectRules): boolean {
  if (url.protocol === `msal${clientId.toLowerCase()}:`) return url.host === 'auth';
  const known = (url.protocol === 'https:' && loginHosts.has(url.host)) || isOwn(url);
  return known && nativePath.test(url.pathname) && url.search === '';
}

/** How an answer travels: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** The address with an answer's parameters in its query or fragment. What the query had already stays. */
export function withAnswer(
  uri: string,
  mode: 'query' | 'fragment',
  parameters: Readonly<Record<string, string>>,
): string {
  const text = new URLSearchParams(parameters).toString();
  if (mode === 'fragment') return `${uri}#${text}`;
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`;
}
