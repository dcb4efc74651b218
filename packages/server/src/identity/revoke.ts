/**
 * Revocation of an account's tokens: after a password change, by an administrator or the user, or because a code was stolen.
 */

import type { World } from '../core/world.ts';
import type { Records } from '../storage/storage.ts';
import { accessTokens, refreshTokens, sessions } from './records.ts';

/** The fields of a record that determine whether a revocation applies to it. */
type Owned = { readonly accountId?: string; readonly grantedBy?: string };

/** Revokes every access and refresh token of one account or, without an id, of all accounts. */
export function revokeTokens(world: World, accountId?: string): void {
  const owns = (record: Owned): boolean => accountId === undefined || record.accountId === accountId;
  for (const [digest, record] of world.processTokens) if (owns(record)) world.processTokens.delete(digest);
  world.storage.write((records) => {
    endAccess(records, owns);
    endRenewal(records, owns);
  });
}

/**
 * Ends every sign-in of an account: revokes refresh tokens and browser sessions. Access tokens remain valid until they
 * expire. https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */
export function revokeSignIns(world: World, accountId: string): void {
  const owns = (record: Owned): boolean => record.accountId === accountId;
  world.storage.write((records) => {
    endRenewal(records, owns);
    for (const { key, value } of records.documents(sessions.kind))
      if (owns(value as Owned)) sessions.delete(records, key);
  });
}

/**
 * Within a transaction: revokes all tokens that were issued for one authorization code, directly or by renewal. RFC 6749
 * §4.1.2.
 */
export function revokeGrantsOf(records: Records, code: string): void {
  const owns = ({ grantedBy }: Owned): boolean => grantedBy === code;
  endAccess(records, owns);
  endRenewal(records, owns);
}

function endAccess(records: Records, owns: (record: Owned) => boolean): void {
  for (const { key, value } of records.documents(accessTokens.kind))
    if (owns(value as Owned)) accessTokens.delete(records, key);
}

function endRenewal(records: Records, owns: (record: Owned) => boolean): void {
  for (const { key } of records.documents(refreshTokens.kind)) {
    const record = refreshTokens.get(records, key);
    if (record && owns(record)) refreshTokens.put(records, key, { ...record, revoked: true });
  }
}
