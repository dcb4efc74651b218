/** Signing in on the page: authorization code with PKCE. The tokens are stored for this tab only. */

import { ownPageId } from '../../identity/redirect-uri.ts';

export const sessionScript = `
const client = { client_id: '${ownPageId}', redirect_uri: location.origin + '/' };
const oauth = '/common/oauth2/v2.0/';
const scope = 'Files.ReadWrite.All User.Read offline_access';
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const secret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const session = {
  get grant() { return JSON.parse(sessionStorage.getItem('grant') ?? 'null'); },
  set grant(value) {
    if (value === null) sessionStorage.removeItem('grant');
    else sessionStorage.setItem('grant', JSON.stringify(value));
  },
};

const signIn = async () => {
  const verifier = secret();
  const state = secret();
  sessionStorage.setItem('pending', JSON.stringify({ verifier, state }));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  location.assign(oauth + 'authorize?' + new URLSearchParams({
    ...client, scope, state, response_type: 'code',
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: 'S256',
  }));
};

const requestToken = async (parameters) => {
  const response = await fetch(oauth + 'token', { method: 'POST', body: new URLSearchParams({ ...client, scope, ...parameters }) });
  if (!response.ok) throw await failure(response);
  session.grant = await response.json();
};

/** On return from the sign-in page: redeems the code in the address, and removes it from the address. */
const finishSignIn = async () => {
  const query = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem('pending') ?? 'null');
  if (!query.has('state') || pending === null) return;
  history.replaceState(null, '', '/');
  sessionStorage.removeItem('pending');
  if (query.get('state') !== pending.state) throw new Error('This sign-in was not started on this page.');
  if (query.has('error')) throw new Error(query.get('error_description') ?? query.get('error'));
  await requestToken({ grant_type: 'authorization_code', code: query.get('code'), code_verifier: pending.verifier });
};

/** Sends a request to Graph. If the access token has expired, refreshes it and retries once. */
const graph = async (path, options = {}, mayRetry = true) => {
  const url = path.startsWith('http') ? path : '/v1.0' + path;
  const headers = { ...options.headers, Authorization: 'Bearer ' + session.grant?.access_token };
  const response = await fetch(url, { ...options, headers });
  if (response.status === 401 && mayRetry && session.grant?.refresh_token) {
    await requestToken({ grant_type: 'refresh_token', refresh_token: session.grant.refresh_token }).catch(() => { session.grant = null; });
    if (session.grant) return graph(path, options, false);
  }
  if (response.status === 401) { session.grant = null; showSession(); }
  if (!response.ok) throw await failure(response);
  return response.status === 204 || response.status === 202 ? undefined : response.json();
};
const send = (path, method, body) =>
  graph(path, { method, headers: { 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

const showSession = () => {
  const signedIn = session.grant !== null;
  byId('sign').textContent = signedIn ? 'Sign out' : 'Sign in';
  byId('signed-out').hidden = signedIn;
  byId('drive').hidden = !signedIn;
  if (!signedIn) byId('who').textContent = '';
};
on('sign', async () => {
  if (session.grant === null) return signIn();
  session.grant = null;
  showSession();
  showStatus('Signed out.');
});
`;
