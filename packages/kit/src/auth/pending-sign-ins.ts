/**
 * A sign-in that one process starts and another may finish: `auth` prints the address, `auth URL` provides
 * the response. The record is secret (the stores use mode 0600), valid for an hour, and deleted when it has
 * been used.
 */
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/store.ts';
import type { PendingSignIn } from './grants/authorization-code.ts';

/** A sign-in that was started and not finished. */
export interface StartedSignIn {
  readonly pending: PendingSignIn;
  /** The settings of the command line when it started: texts only. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** Pending sign-ins, which another process can finish. */
export interface PendingSignIns {
  /** Replaces the pending sign-in of `name`. */
  keep(name: string, pending: PendingSignIn, overrides?: object): Promise<void>;
  /** Returns the pending sign-in of `name` if it is at most an hour old. */
  find(name: string): Promise<StartedSignIn | undefined>;
  /** Removes one; does nothing if there is none. */
  forget(name: string): Promise<void>;
}

const goodFor = 60 * 60_000;

/**
 * Keeps sign-ins in `store`, each under a name that is unique for profile and configuration file: letters,
 * digits, dashes.
 */
export function pendingSignIns(store: Store, clock: Clock): PendingSignIns {
  const key = (name: string): string => `sign-in/${name}.json`;
  return {
    keep: async (name, pending, overrides = {}) => {
      await store.write(key(name), JSON.stringify({ ...pending, overrides, created: clock.now() }));
    },
    find: async (name) => {
      const stored = await store.read(key(name));
      const record = stored && parsed(stored.text);
      if (!record) return undefined;
      // A clock that was set back must not keep a record valid forever.
      const age = Math.abs(clock.now() - record.created);
      return age < goodFor ? record : undefined;
    },
    forget: (name) => store.delete(key(name)),
  };
}

/** A record of another version, or a damaged one, is ignored. */
function parsed(text: string): (StartedSignIn & { readonly created: number }) | undefined {
  try {
    const record = JSON.parse(text) as Record<string, unknown>;
    const { state, codeVerifier, nonce, redirectUri, scopes, created } = record;
    const isWhole =
      typeof state === 'string' &&
      typeof codeVerifier === 'string' &&
      (nonce === undefined || typeof nonce === 'string') &&
      typeof redirectUri === 'string' &&
      typeof created === 'number' &&
      Array.isArray(scopes) &&
      scopes.every((scope) => typeof scope === 'string');
    if (!isWhole) return undefined;
    return {
      pending: { state, codeVerifier, nonce, redirectUri, scopes },
      overrides: texts(record['overrides']),
      created,
    };
  } catch {
    return undefined;
  }
}

function texts(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
