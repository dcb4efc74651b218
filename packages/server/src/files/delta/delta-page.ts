/**
 * A page of changes. The log is the order of sequence numbers: every change gives an item the next one, so an item is
 * in it once, in its latest state. An item is preceded by its ancestors, whether they changed or not: clients build
 * paths from parents they have already seen. https://learn.microsoft.com/graph/api/driveitem-delta
 */

import type { Records } from '../../storage/storage.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { ancestors } from '../items/tree.ts';
import type { DeltaToken } from './delta-token.ts';

export interface DeltaPage {
  readonly items: readonly ItemRecord[];
  /** Where the next page, or the next round, starts. */
  readonly cursor: number;
  readonly more: boolean;
}

export interface DeltaView {
  /** Also ancestors that did not change themselves. */
  readonly ancestors: boolean;
  /** Also items of which only the sharing changed. */
  readonly sharing: boolean;
  /** Also shortcuts to folders of others. */
  readonly shortcuts: boolean;
}

/**
 * The next page of a round, of about `limit` items: ancestors come on top.
 */
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
    // A page that would be empty is filled: some clients stop at one.
    if (rows.length < limit || shown.size > 0) {
      const more = rows.length === limit && records.lastSequence(token.drive) > cursor;
      return { items: [...shown.values()], cursor, more };
    }
  }
}

/** Did only the sharing of an item change since the round began? Those changes are told on demand. */
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
    // An enumeration tells of nothing that was gone before it began.
    if (token.since === 0 && row.sequence <= token.began) return;
    if (row.key !== token.scope) shown.set(row.key, row);
    return;
  }
  const chain = ancestors(records, row);
  const from = row.key === token.scope ? chain.length : chain.findIndex((step) => step.key === token.scope);
  if (from === -1) return;
  for (const ancestor of chain.slice(from)) {
    const told = ancestor.sequence > token.since && ancestor.sequence < row.sequence;
    const wanted = withAncestors || ancestor.sequence > token.since;
    if (!told && wanted && !shown.has(ancestor.key)) shown.set(ancestor.key, ancestor);
  }
  shown.set(row.key, row);
}

/** The sequence before the first change at or after `time`: changes are in order of time. */
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
