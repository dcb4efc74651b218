/**
 * A sign-in that one process started and another may finish: `auth` prints the address, `auth URL` brings the answer.
 * The record is secret (the stores write 0600), good for an hour, and gone once it was used.
 */
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/store.ts';
import type { PendingSignIn } from './grants/authorization-code.ts';

/** A sign-in that was started and not finished. */
export interface StartedSignIn {
  readonly pending: PendingSignIn;
  /** What the command line said when it started: texts only. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** Sign-ins that were started and not finished, so that another process can finish them. */
export interface PendingSignIns {
  /** Replaces what was under way for `name`. */
  keep(name: string, pending: PendingSignIn, overrides?: object): Promise<void>;
  /** The sign-in under way for `name`, if it is not older than an hour. */
  find(name: string): Promise<StartedSignIn | undefined>;
  /** Removes one; nothing happens when it is gone already. */
  forget(name: string): Promise<void>;
}

const goodFor = 60 * 60_000;

/** Keeps sign-ins in `store`, each under a name that tells profiles and configuration files apart: letters, digits, dashes. */
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
      // A clock that was set back must not keep a record alive for ever.
      const age = Math.abs(clock.now() - record.created);
      return age < goodFor ? record : undefined;
    },
    forget: (name) => store.delete(key(name)),
  };
}

/** A record of another version, or a damaged one, is as good as none. */
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
