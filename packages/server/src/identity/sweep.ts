/** Removes expired tokens, codes and sessions, so that a server that runs for months does not collect them. */

import type { World } from '../core/world.ts';
import type { Records } from '../storage/storage.ts';
import {
  accessTokens,
  authorizationCodes,
  deviceCodes,
  refreshTokens,
  sessions,
  userCodes,
} from './records.ts';

/** How long an expired record is kept, so that its owner gets "expired" and not "unknown" as an answer. */
const retentionMs = 24 * 3600_000;
const passIntervalMs = 60_000;
/** The number of records of each kind that one step examines. */
const stepSize = 100;

const kinds = [accessTokens, refreshTokens, authorizationCodes, deviceCodes, userCodes, sessions];

/**
 * Within a transaction: one step of a pass that removes what expired more than a day ago. A pass begins once a minute
 * at most. The cost of a step does not grow with the number of records.
 */
export function sweep({ clock, tokenSweep }: World, records: Records): void {
  const now = clock.now();
  const { cursors, started } = tokenSweep;
  if (cursors.size === 0) {
    const isRecent = started !== undefined && now - started >= 0 && now - started < passIntervalMs;
    if (isRecent) return;
    tokenSweep.started = now;
    for (const collection of kinds) cursors.set(collection.kind, '');
  }
  for (const collection of kinds) {
    const after = cursors.get(collection.kind);
    if (after === undefined) continue;
    const page = records.documents(collection.kind, { after, limit: stepSize });
    for (const { key, value } of page)
      if ((value as { readonly expires: number }).expires + retentionMs < now)
        collection.delete(records, key);
    const last = page.at(-1)?.key;
    if (page.length < stepSize || last === undefined) cursors.delete(collection.kind);
    else cursors.set(collection.kind, last);
  }
}
