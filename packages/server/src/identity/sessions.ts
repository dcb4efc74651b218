/**
 * Sessions of signed-in browsers, identified by an HttpOnly cookie. Each form also carries a key of the session. Over HTTPS
 * the cookie is also sent in frames of other sites, because single-page applications renew their tokens in a hidden frame:
 * https://learn.microsoft.com/entra/identity-platform/howto-handle-samesite-cookie-changes-chrome-browser
 */
import type { ServerRequest } from '../core/http.ts';
import type { World } from '../core/world.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';
import { sessions } from './records.ts';
import { newSecret, sameSecret } from './secrets.ts';

const cookieName = 'onedrive_session';

export interface Session {
  readonly account: AccountRecord;
  readonly formKey: string;
}

/** The valid session of the browser that sent a request, if any. */
export function findSession(request: ServerRequest, world: World): Session | undefined {
  const cookie = cookieOf(request);
  if (cookie === undefined) return undefined;
  return world.storage.read((records) => {
    const record = sessions.get(records, world.digest(cookie));
    const account = record && accounts.get(records, record.accountId);
    if (!record || !account || record.expires <= world.clock.now()) return undefined;
    return { account, formKey: record.formKey };
  });
}

/** Signs a browser in; `cookie` is the value of the `Set-Cookie` header. */
export function startSession(
  request: ServerRequest,
  world: World,
  account: AccountRecord,
): { readonly session: Session; readonly cookie: string } {
  const secret = newSecret(world.random);
  const formKey = newSecret(world.random);
  const life = world.settings.identity.sessionLifetime;
  const expires = world.clock.now() + life;
  world.storage.write((records) =>
    sessions.put(records, world.digest(secret), { accountId: account.id, formKey, expires }),
  );
  return { session: { account, formKey }, cookie: setCookie(request, secret, Math.floor(life / 1000)) };
}

/** Signs the browser out; returns the `Set-Cookie` header that deletes the cookie. */
export function endSession(request: ServerRequest, world: World): string {
  const cookie = cookieOf(request);
  if (cookie !== undefined) {
    world.storage.write((records) => sessions.delete(records, world.digest(cookie)));
  }
  return setCookie(request, '', 0);
}

/** Whether a form came from a page that was rendered for this session. */
export function formIsOurs(world: World, session: Session, formKey: string | undefined): boolean {
  return formKey !== undefined && sameSecret(world.digest, session.formKey, formKey);
}

function cookieOf(request: ServerRequest): string | undefined {
  for (const pair of (request.headers['cookie'] ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName && value) return value;
  }
  return undefined;
}

function setCookie(request: ServerRequest, value: string, seconds: number): string {
  const sites = request.url.protocol === 'https:' ? 'None; Secure' : 'Lax';
  return `${cookieName}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=${sites}`;
}
