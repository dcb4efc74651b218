/**
 * A page of changes. The change log is the order of sequence numbers: every change gives an item the next number, so each
 * item appears once, in its latest state. An item is preceded by its ancestors, changed or not, because clients build paths
 * from parents they have already received. https://learn.microsoft.com/graph/api/driveitem-delta
 */

import type { Records } from '../../storage/storage.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { ancestors } from '../items/tree.ts';
import type { DeltaToken } from './delta-token.ts';

export interface DeltaPage {
  readonly items: readonly ItemRecord[];
  /** Where the next page, or the next enumeration, starts. */
  readonly cursor: number;
  readonly more: boolean;
}

export interface DeltaView {
  /** Includes ancestors that have not changed. */
  readonly ancestors: boolean;
  /** Includes items of which only the permissions changed. */
  readonly sharing: boolean;
  /** Includes shortcuts to other users' folders. */
  readonly shortcuts: boolean;
}

/** The next page of about `limit` items, plus their ancestors. */
export function deltaPage(records: Records, token: DeltaToken, limit: number, show: DeltaView): DeltaPage {
  const shown = new Map<number, ItemRecord>();
  let { cursor } = token;
  for (;;) {
    const rows = records.changes(token.drive, cursor, limit);
    for (const row of rows) {
      cursor = row.sequence;
      if (row.data.kind === 'shortcut' && !show.shortcuts) continue;
      if (show.sharing || !isSharingOnly(row, token)) add(records, token, row, shown, show.ancestors);
    }
    // Empty pages are skipped, because some clients stop at an empty page.
    if (rows.length < limit || shown.size > 0) {
      const more = rows.length === limit && records.lastSequence(token.drive) > cursor;
      return { items: [...shown.values()], cursor, more };
    }
  }
}

/** Whether only the permissions of an item changed since the delta link; such changes are included only if requested. */
export function isSharingOnly(row: ItemRecord, token: DeltaToken): boolean {
  const { changedBefore } = row.data;
  return row.bin === 0 && changedBefore !== undefined && token.since > 0 && changedBefore <= token.since;
}

function add(
  records: Records,
  token: DeltaToken,
  row: ItemRecord,
  shown: Map<number, ItemRecord>,
  withAncestors: boolean,
): void {
  if (row.bin !== 0) {
    // A first enumeration does not include items that were deleted before it started.
    if (token.since === 0 && row.sequence <= token.began) return;
    if (row.key !== token.scope) shown.set(row.key, row);
    return;
  }
  const chain = ancestors(records, row);
  const from = row.key === token.scope ? chain.length : chain.findIndex((step) => step.key === token.scope);
  if (from === -1) return;
  for (const ancestor of chain.slice(from)) {
    const alreadyListed = ancestor.sequence > token.since && ancestor.sequence < row.sequence;
    const isIncluded = withAncestors || ancestor.sequence > token.since;
    if (!alreadyListed && isIncluded && !shown.has(ancestor.key)) shown.set(ancestor.key, ancestor);
  }
  shown.set(row.key, row);
}

/** The sequence number before the first change at or after `time`: sequence numbers are in order of time. */
export function sequenceBefore(records: Records, drive: number, time: number): number {
  let cursor = 0;
  for (;;) {
    const rows = records.changes(drive, cursor, 1000);
    for (const row of rows) {
      if (row.modified >= time) return cursor;
      cursor = row.sequence;
    }
    if (rows.length < 1000) return cursor;
  }
}
