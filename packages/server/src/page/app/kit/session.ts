/** Signing in: authorization code with PKCE (RFC 7636), as any client does. The tokens are stored for this tab only. */
import { failure } from './failure.ts';

/** The client id that the server knows as its own page. */
const clientId = 'onedrive-kit-page';
const oauth = '/common/oauth2/v2.0/';
const scope = 'Files.ReadWrite.All User.Read offline_access';

export interface Grant {
  readonly access_token: string;
  readonly refresh_token?: string;
}

const client = () => ({ client_id: clientId, redirect_uri: `${location.origin}/` });

/** The stored tokens. */
export function grant(): Grant | undefined {
  const stored = sessionStorage.getItem('grant');
  return stored === null ? undefined : (JSON.parse(stored) as Grant);
}

/** Forgets the tokens. */
export function signOut(): void {
  sessionStorage.removeItem('grant');
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

const secret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

interface Pending {
  readonly verifier: string;
  readonly state: string;
  /** The part of the address that names a folder. */
  readonly hash: string;
}

/** Goes to the sign-in page, which takes the place of this page in the history. */
export async function signIn(): Promise<void> {
  const pending: Pending = { verifier: secret(), state: secret(), hash: location.hash };
  sessionStorage.setItem('pending', JSON.stringify(pending));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const query = new URLSearchParams({
    ...client(),
    scope,
    state: pending.state,
    response_type: 'code',
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  location.replace(`${oauth}authorize?${query.toString()}`);
}

/** Requests tokens and stores them. */
async function requestToken(parameters: Readonly<Record<string, string>>): Promise<Grant> {
  const body = new URLSearchParams({ ...client(), scope, ...parameters });
  const response = await fetch(`${oauth}token`, { method: 'POST', body });
  if (!response.ok) throw await failure(response);
  const received = (await response.json()) as Grant;
  sessionStorage.setItem('grant', JSON.stringify(received));
  return received;
}

/** On return from the sign-in page: removes the code from the address and the history, and redeems it. */
export async function finishSignIn(): Promise<void> {
  const query = new URLSearchParams(location.search);
  if (location.search === '') return;
  const stored = sessionStorage.getItem('pending');
  const pending = stored === null ? undefined : (JSON.parse(stored) as Pending);
  history.replaceState(null, '', `/${pending?.hash ?? location.hash}`);
  sessionStorage.removeItem('pending');
  const [code, state] = [query.get('code'), query.get('state')];
  if (state === null || pending === undefined) return;
  if (state !== pending.state) throw new Error('This sign-in was not started on this page.');
  if (code === null)
    throw new Error(query.get('error_description') ?? query.get('error') ?? 'No code arrived.');
  await requestToken({ grant_type: 'authorization_code', code, code_verifier: pending.verifier });
}

let refreshing: Promise<Grant | undefined> | undefined;

/** New tokens in exchange for the refresh token, once for all requests that wait for them; undefined if it is no longer valid. */
export function refreshGrant(): Promise<Grant | undefined> {
  const token = grant()?.refresh_token;
  if (token === undefined) return Promise.resolve(undefined);
  refreshing ??= requestToken({ grant_type: 'refresh_token', refresh_token: token })
    .catch(() => undefined)
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}
