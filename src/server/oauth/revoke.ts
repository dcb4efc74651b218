/** Revocation: what a changed password or an administrator does to every client of an account at once. */
import type { World } from '../world.ts';
import { accessTokens, refreshTokens } from './records.ts';

/** Makes every access and refresh token void, of one account or (without an id) of all. */
export function revokeTokens(world: World, accountId?: string): void {
  world.storage.write((records) => {
    for (const { key, value } of records.documents(accessTokens.kind)) {
      if (owns(value, accountId)) accessTokens.delete(records, key);
    }
    for (const { key } of records.documents(refreshTokens.kind)) {
      const record = refreshTokens.get(records, key);
      if (record && owns(record, accountId)) refreshTokens.put(records, key, { ...record, revoked: true });
    }
  });
}

function owns(value: unknown, accountId: string | undefined): boolean {
  return accountId === undefined || (value as { readonly accountId: string }).accountId === accountId;
}
