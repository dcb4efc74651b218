/**
 * Credentials of a user who signs in when the first token is needed, and again when the service no longer
 * accepts the sign-in: with a code on another device, or in a browser. For programs that use the library; the
 * command line keeps its sign-ins in profiles.
 */
import { isOneDriveError } from '../errors/index.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import type { Transport } from '../http/transport.ts';
import type { Clock } from '../platform/clock.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import type { Random } from '../platform/random.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import { systemRandom } from '../platform/web/system-random.ts';
import { scopesFor } from './access.ts';
import { type EndpointOptions, resolveEndpoints } from './endpoints.ts';
import type { DeviceCode } from './grants/device-code.ts';
import type { OAuthSession } from './oauth-session.ts';
import { refreshingCredential } from './refreshing-credential.ts';
import { memorySessionStore, type SessionStore } from './session-store.ts';
import type { TokenGrant } from './token-grant.ts';

export interface PersonOptions extends EndpointOptions {
  readonly clientId: string;
  /** Default: `scopesFor('read')`. */
  readonly scopes?: readonly string[] | undefined;
  /** `nodeTransport()` or `fetchTransport()`; never one that signs requests. */
  readonly transport: Transport;
  /** Where the sign-in is kept. Default: in memory, so that each run of the program signs in. */
  readonly sessions?: SessionStore | undefined;
  readonly clock?: Clock | undefined;
}

/** With a device code: `onCode` shows the page and the code to the user. */
export function deviceCodeCredential(
  options: PersonOptions & { readonly onCode: (code: DeviceCode) => void | Promise<void> },
): TokenCredential {
  const { clock = systemClock, scopes = scopesFor('read') } = options;
  return personCredential(options, async (session, signal) => {
    const { awaitDeviceCode, requestDeviceCode } = await import('./grants/device-code.ts');
    const code = await requestDeviceCode(session, scopes, { clock, signal });
    await options.onCode(code);
    return awaitDeviceCode(session, code, { clock, signal });
  });
}

/**
 * With the browser of this machine (Node): `onUrl` opens the address, and the browser returns to a page on
 * this machine.
 */
export function browserCredential(
  options: PersonOptions & {
    readonly onUrl: (url: string) => void | Promise<void>;
    readonly random?: Random | undefined;
  },
): TokenCredential {
  const { clock = systemClock, random = systemRandom, scopes = scopesFor('read') } = options;
  return personCredential(options, async (session, signal) => {
    const { finishAuthorization, startAuthorization } = await import('./grants/authorization-code.ts');
    const { listenForAnswer } = await import('./loopback.ts');
    const loopback = await listenForAnswer({ clock, signal });
    try {
      const { redirectUri } = loopback;
      const { url, pending } = await startAuthorization(session, { redirectUri, scopes, random });
      const answer = loopback.answer(pending.state);
      answer.catch(() => {}); // handled below, unless the address cannot be opened
      await options.onUrl(url);
      return await finishAuthorization(session, pending, await answer, { signal });
    } finally {
      await loopback.close();
    }
  });
}

type SignIn = (session: OAuthSession, signal: AbortSignal) => Promise<TokenGrant>;

function personCredential(options: PersonOptions, signIn: SignIn): TokenCredential {
  const { clientId, transport, scopes, sessions = memorySessionStore(), clock = systemClock } = options;
  const session: OAuthSession = { endpoints: resolveEndpoints(options), clientId, transport };
  return refreshingCredential({
    sessions,
    lock: memoryLock(),
    lockName: 'person',
    clock,
    renew: async ({ refreshToken }, signal, claims) => {
      if (refreshToken === undefined) return signIn(session, signal);
      const { refreshTokenGrant } = await import('./grants/refresh-token.ts');
      try {
        return await refreshTokenGrant(session, refreshToken, { scopes, claims, signal });
      } catch (error) {
        if (isOneDriveError(error) && error.code === 'auth-required') return signIn(session, signal);
        throw error;
      }
    },
  });
}
