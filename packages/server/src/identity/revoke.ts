/**
 * Revocation of an account's tokens: after a password change, by an administrator or the user, or because a code was stolen.
 */

import type { World } from '../core/world.ts';
import type { Collection, Entry } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import { accessTokens, refreshTokens, sessions } from './records.ts';

/** Whose tokens: those of an account, or those that came of one authorization code. Undefined: all. */
type Owner = `account:${string}` | `granted:${string}` | undefined;

/** Revokes every access and refresh token, of one account or (without an id) of all. */
export function revokeTokens(world: World, accountId?: string): void {
  for (const [digest, record] of world.processTokens)
    if (accountId === undefined || record.accountId === accountId) world.processTokens.delete(digest);
  const owner: Owner = accountId === undefined ? undefined : `account:${accountId}`;
  world.storage.write((records) => {
    endAccess(records, owner);
    endRenewal(records, owner);
  });
}

/**
 * Ends every sign-in of an account: refresh tokens, and sessions of browsers. Access tokens remain valid until they
 * expire. https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */
export function revokeSignIns(world: World, accountId: string): void {
  world.storage.write((records) => {
    endRenewal(records, `account:${accountId}`);
    for (const { key } of sessions.findEntries(records, `account:${accountId}`))
      sessions.delete(records, key);
  });
}

/** Within a transaction: revokes everything that came of one authorization code, however often it was renewed. RFC 6749 §4.1.2. */
export function revokeGrantsOf(records: Records, code: string): void {
  endAccess(records, `granted:${code}`);
  endRenewal(records, `granted:${code}`);
}

function endAccess(records: Records, owner: Owner): void {
  for (const { key } of entriesOf(records, accessTokens, owner)) accessTokens.delete(records, key);
}

function endRenewal(records: Records, owner: Owner): void {
  for (const { key, value } of entriesOf(records, refreshTokens, owner))
    refreshTokens.put(records, key, { ...value, revoked: true });
}

const entriesOf = <T>(records: Records, tokens: Collection<T>, owner: Owner): readonly Entry<T>[] =>
  owner === undefined ? [...tokens.each(records, 'account:')] : tokens.findEntries(records, owner);
