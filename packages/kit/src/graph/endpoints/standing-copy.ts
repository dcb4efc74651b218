/** Determines whether an item is the copy of an attempt whose response was lost. */
import type { Attempts } from '../../http/attempts.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, readObject, send } from '../send.ts';
import type { DriveItem } from '../types/index.ts';

/** The relation of the item at the target to the copy. */
export type StandingCopy =
  | { readonly kind: 'copy'; readonly item: DriveItem }
  /** Created since the first attempt, but not (yet) with the content of the original. */
  | { readonly kind: 'partial' }
  /** It existed before. */
  | { readonly kind: 'other' };

/** `Date` and `createdDateTime` are in whole seconds. */
const toleranceMs = 2000;

/** Options of the comparison. */
export interface StandingCopyOptions extends CallOptions {
  /** The original item, as it was read before. */
  readonly source: DriveItem;
  readonly attempts: Attempts;
  /** Milliseconds since the epoch; used if the service does not send its own time. */
  readonly now: number;
}

/**
 * Examines the item at the target of a copy.
 * @throws GraphError `not-found` if there is none.
 */
export async function standingCopy(
  client: GraphClient,
  drive: DriveRef,
  at: ItemRef,
  { source, attempts, now, ...options }: StandingCopyOptions,
): Promise<StandingCopy> {
  const what = `find ${describeItem(at)}`;
  const call = { method: 'GET', url: itemPath(drive, at), what, contract: contracts.read, options };
  const response = await send(client, call);
  const item = await readObject<DriveItem>(response, what);
  const date = Date.parse(response.headers['date'] ?? '');
  const first = (Number.isNaN(date) ? now : date) - (attempts.sinceFirst() ?? 0) - toleranceMs;
  if (!(Date.parse(item.createdDateTime ?? '') >= first)) return { kind: 'other' };
  return hasSameContent(source, item) ? { kind: 'copy', item } : { kind: 'partial' };
}

/**
 * Returns whether kind, size and hash are equal; for folders, which have no hash, the number of children.
 * Pure.
 */
function hasSameContent(source: DriveItem, item: DriveItem): boolean {
  if (source.size === undefined || source.size !== item.size) return false;
  if (source.folder !== undefined) return source.folder.childCount === item.folder?.childCount;
  if (item.file === undefined) return false;
  const [ours, theirs] = [source.file?.hashes ?? {}, item.file.hashes ?? {}];
  const common = (Object.keys(ours) as (keyof typeof ours)[]).filter((name) => theirs[name] !== undefined);
  if (common.length === 0) return source.size === 0;
  return common.every((name) => String(ours[name]).toLowerCase() === String(theirs[name]).toLowerCase());
}
