/**
 * The tokens of a sign-in and where they are kept: the configuration file, a keychain, or memory in tests.
 */

import type { SignedInAccount } from './token-grant.ts';

/** All parts are optional: a file may contain any of them. */
export interface SignInSession {
  readonly refreshToken?: string | undefined;
  readonly accessToken?: string | undefined;
  /** When `accessToken` expires by the clock of this machine: milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  /** An authorization code that the older tool stored; valid for one exchange. */
  readonly code?: string | undefined;
  /** The tokens, encrypted with a key in the system's keychain. */
  readonly sealed?: string | undefined;
  /** Granted scopes, if the service returned them. */
  readonly scopes?: readonly string[] | undefined;
  /** Who signed in, if there was an id token. */
  readonly account?: SignedInAccount | undefined;
}

/** Where the tokens of one account are kept. */
export interface SessionStore {
  /** Returns the newest session, even if another process has just written it; `{}` if nothing is saved. */
  read(): Promise<SignInSession>;
  /**
   * Replaces the whole session (omitted parts are removed). When it resolves, the session survives a crash.
   * @throws OneDriveError `local-file` or `config` if it cannot be saved.
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
