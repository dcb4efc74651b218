/** How callers address an item: with a text, which is an id, a path or `me/skydrive…`, or with a ref. */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { itemAt } from '../../graph/item-ref-forms.ts';
import { parsePath } from './drive-path.ts';
import { friendlyRef } from './friendly-path.ts';
import { looksLikeId, refOfId } from './looks-like-id.ts';

/** An item as typed by a user, or as a ref. */
export type Target = string | ItemRef;

/** How to interpret a text target: `auto` treats text with the format of an id as an id. */
export type TargetReading = 'auto' | 'path' | 'id';

/** Options of every drive function. */
export interface DriveOptions {
  readonly signal?: AbortSignal | undefined;
  /** How to interpret text targets. Default: `auto`. */
  readonly as?: TargetReading | undefined;
}

/**
 * The ref of a target. No request is made.
 * @throws OneDriveError `invalid-name` for a path above the root, `usage` for an empty id.
 */
export function resolve(target: Target, as: TargetReading = 'auto'): ItemRef {
  if (typeof target !== 'string') return target;
  if (as === 'id' && target === '') throw new OneDriveError('usage', 'The item id is empty.');
  if (as === 'id' || (as === 'auto' && looksLikeId(target))) return refOfId(target);
  const names = parsePath(target);
  return friendlyRef(target, names) ?? itemAt(...names);
}
