/** Signing in on the page: code with PKCE, kept for this tab only. */

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

const askToken = async (parameters) => {
  const answer = await fetch(oauth + 'token', { method: 'POST', body: new URLSearchParams({ ...client, scope, ...parameters }) });
  if (!answer.ok) throw await failure(answer);
  session.grant = await answer.json();
};

/** Comes back from the sign-in page: the code in the address is used once and taken out of it. */
const finishSignIn = async () => {
  const query = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem('pending') ?? 'null');
  if (!query.has('state') || pending === null) return;
  history.replaceState(null, '', '/');
  sessionStorage.removeItem('pending');
  if (query.get('state') !== pending.state) throw new Error('That sign-in was not begun on this page.');
  if (query.has('error')) throw new Error(query.get('error_description') ?? query.get('error'));
  await askToken({ grant_type: 'authorization_code', code: query.get('code'), code_verifier: pending.verifier });
};

/** Asks Graph, once more with a fresh token when the old one has run out. */
const graph = async (path, options = {}, again = true) => {
  const url = path.startsWith('http') ? path : '/v1.0' + path;
  const headers = { ...options.headers, Authorization: 'Bearer ' + session.grant?.access_token };
  const answer = await fetch(url, { ...options, headers });
  if (answer.status === 401 && again && session.grant?.refresh_token) {
    await askToken({ grant_type: 'refresh_token', refresh_token: session.grant.refresh_token }).catch(() => { session.grant = null; });
    if (session.grant) return graph(path, options, false);
  }
  if (answer.status === 401) { session.grant = null; showSession(); }
  if (!answer.ok) throw await failure(answer);
  return answer.status === 204 || answer.status === 202 ? undefined : answer.json();
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
  say('Signed out.');
});
`;
