/** Removes expired records, so that a server that runs for months does not accumulate tokens. */

import type { World } from '../core/world.ts';
import type { Records, Storage } from '../storage/storage.ts';
import {
  accessTokens,
  authorizationCodes,
  deviceCodes,
  refreshTokens,
  sessions,
  userCodes,
} from './records.ts';

/** How long a record is kept after it expired, so that the client gets "expired" and not "unknown". */
const memory = 24 * 3600_000;
const interval = 60_000;
const lastSweep = new WeakMap<Storage, number>();

const kinds = [accessTokens, refreshTokens, authorizationCodes, deviceCodes, userCodes, sessions];

/** Within a transaction: removes records that expired more than a day ago, at most once a minute. */
export function sweep(world: World, records: Records): void {
  const now = world.clock.now();
  const last = lastSweep.get(world.storage);
  if (last !== undefined && now - last >= 0 && now - last < interval) return;
  lastSweep.set(world.storage, now);
  for (const { kind } of kinds) {
    for (const { key, value } of records.documents(kind)) {
      if ((value as { readonly expires: number }).expires + memory < now)
        records.putDocument(kind, key, undefined);
    }
  }
}
