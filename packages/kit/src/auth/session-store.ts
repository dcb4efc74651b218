/** What a sign-in leaves behind, and where it is kept: the configuration file, a key store, or memory in tests. */

import type { SignedInAccount } from './token-grant.ts';

/** All parts are optional: a file may hold any of them. */
export interface SignInSession {
  readonly refreshToken?: string | undefined;
  readonly accessToken?: string | undefined;
  /** When `accessToken` ends by the clock of this machine: milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  /** An authorization code that the older tool kept; good for one exchange. */
  readonly code?: string | undefined;
  /** The tokens, encrypted with a key that is in the key store of the system. */
  readonly sealed?: string | undefined;
  /** Scopes that were granted, where the service said. */
  readonly scopes?: readonly string[] | undefined;
  /** Who signed in, where an id token said. */
  readonly account?: SignedInAccount | undefined;
}

/** Where the tokens of one account are kept. */
export interface SessionStore {
  /** The newest session, also where another process has just written it. Nothing saved: `{}`. */
  read(): Promise<SignInSession>;
  /**
   * Replaces the session whole (a part that is not given is removed); when it resolves, the session survives a crash.
   * @throws OneDriveError `local-file` or `config` when it cannot be kept.
   */
  save(session: SignInSession): Promise<void>;
}

/** Keeps a session in memory. */
export function memorySessionStore(session: SignInSession = {}): SessionStore {
  let current = session;
  return {
    read: async () => current,
    save: async (next) => {
      current = next;
    },
  };
}
