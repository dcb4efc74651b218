/**
 * A sign-in that one process started and another may finish: `auth` prints the address, `auth URL` brings the answer.
 * The record is secret (the stores write 0600), good for an hour, and gone once it was used.
 */
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/store.ts';
import type { PendingSignIn } from './grants/authorization-code.ts';

export interface PendingSignIns {
  /** Replaces what was under way for `name`. */
  keep(name: string, pending: PendingSignIn): Promise<void>;
  /** The sign-in under way for `name`, if it is not older than an hour. */
  find(name: string): Promise<PendingSignIn | undefined>;
  forget(name: string): Promise<void>;
}

const goodFor = 60 * 60_000;

/** Keeps sign-ins in `store`. @param name distinguishes profiles and configuration files: letters, digits, dashes. */
export function pendingSignIns(store: Store, clock: Clock): PendingSignIns {
  const key = (name: string): string => `sign-in/${name}.json`;
  return {
    keep: async (name, pending) => {
      await store.write(key(name), JSON.stringify({ ...pending, created: clock.now() }));
    },
    find: async (name) => {
      const stored = await store.read(key(name));
      const record = stored && parsed(stored.text);
      if (!record) return undefined;
      // A clock that was set back must not keep a record alive for ever.
      const age = Math.abs(clock.now() - record.created);
      return age < goodFor ? record.pending : undefined;
    },
    forget: (name) => store.delete(key(name)),
  };
}

/** A record of another version, or a damaged one, is as good as none. */
function parsed(text: string): { readonly pending: PendingSignIn; readonly created: number } | undefined {
  try {
    const { state, codeVerifier, nonce, redirectUri, scopes, created } = JSON.parse(text) as Record<
      string,
      unknown
    >;
    const isWhole =
      typeof state === 'string' &&
      typeof codeVerifier === 'string' &&
      (nonce === undefined || typeof nonce === 'string') &&
      typeof redirectUri === 'string' &&
      typeof created === 'number' &&
      Array.isArray(scopes) &&
      scopes.every((scope) => typeof scope === 'string');
    return isWhole ? { pending: { state, codeVerifier, nonce, redirectUri, scopes }, created } : undefined;
  } catch {
    return undefined;
  }
}
