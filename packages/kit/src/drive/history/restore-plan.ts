/**
 * Decides how to restore a tree to a past time: which version of which file, and which items of the recycle
 * bin. Pure; restore-before.ts sends the requests.
 */

import type { DriveItem, DriveItemVersion } from '../../graph/types/index.ts';
import { foldName } from '../address/item-names.ts';
import type { TrashEntry } from './trash.ts';

/** One step, or an item that is not changed. `path` is below the root of the drive. */
export type RestoreStep =
  /** The file gets its content of that time. */
  | {
      readonly kind: 'version';
      readonly path: readonly string[];
      readonly item: DriveItem;
      readonly version: string;
      /** When that version was created: ISO 8601, UTC. */
      readonly from: string | undefined;
    }
  /** It was deleted since: it is restored from the recycle bin, and then gets its content of that time. */
  | {
      readonly kind: 'removed';
      readonly path: readonly string[];
      readonly id: string;
      /** It was deleted with its folder, and is restored with it. */
      readonly withFolder: boolean;
    }
  /** It did not exist then. It is kept. */
  | { readonly kind: 'newer'; readonly path: readonly string[] }
  /** It was changed since, and no version of that time exists. It is not changed. */
  | { readonly kind: 'lost'; readonly path: readonly string[] };

const timeOf = (text: string | undefined): number => Date.parse(text ?? '');

/** Whether this item may have had other content at `before` (milliseconds since the epoch). */
export function changedSince({ lastModifiedDateTime }: DriveItem, before: number): boolean {
  return !(timeOf(lastModifiedDateTime) <= before);
}

/**
 * The step for a file that was changed since; undefined if its content of that time is the current one.
 * @param versions newest first, the current one at the top.
 */
export function fileStep(
  path: readonly string[],
  item: DriveItem,
  versions: readonly DriveItemVersion[],
  before: number,
): RestoreStep | undefined {
  const at = versions.findIndex(({ lastModifiedDateTime }) => timeOf(lastModifiedDateTime) <= before);
  const then = versions[at];
  if (then === undefined) return { kind: timeOf(item.createdDateTime) > before ? 'newer' : 'lost', path };
  if (at === 0) return undefined;
  return { kind: 'version', path, item, version: then.id, from: then.lastModifiedDateTime };
}

const folded = (names: readonly string[]) => foldName(names.join('/'));

/**
 * The entries of a recycle bin that belonged to a tree: items deleted since then, folders before their
 * content. If several items had one path in turn, the first one that was deleted since is the one that
 * existed then.
 * @param start of the tree.
 */
export function trashSteps(
  entries: readonly TrashEntry[],
  start: readonly string[],
  before: number,
): readonly RestoreStep[] {
  const byPath = new Map<string, TrashEntry>();
  const prefix = folded(start);
  for (const entry of entries) {
    const path = folded(entry.path);
    const inside = prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
    if (!inside || !(timeOf(entry.deleted) > before)) continue;
    const known = byPath.get(path);
    if (known === undefined || timeOf(entry.deleted) < timeOf(known.deleted)) byPath.set(path, entry);
  }
  return [...byPath.values()]
    .sort((a, b) => a.path.length - b.path.length || (folded(a.path) < folded(b.path) ? -1 : 1))
    .map(({ id, path }) => ({ kind: 'removed', id, path, withFolder: false }));
}

/** A deleted item in a delta. */
export interface Gone {
  readonly id: string;
  readonly name: string | undefined;
  /** Id of its folder. */
  readonly parent: string | undefined;
}

/**
 * The same from the delta since a token, for drives whose recycle bin cannot be listed.
 * @param folders ids of the existing folders of the tree, with their paths.
 */
export function goneSteps(
  gone: readonly Gone[],
  folders: ReadonlyMap<string, readonly string[]>,
): readonly RestoreStep[] {
  const paths = new Map(folders);
  const steps: RestoreStep[] = [];
  let rest = gone;
  for (;;) {
    const next: Gone[] = [];
    for (const one of rest) {
      const above = one.parent === undefined ? undefined : paths.get(one.parent);
      if (above === undefined) next.push(one);
      else {
        const path = [...above, one.name ?? one.id];
        paths.set(one.id, path);
        steps.push({ kind: 'removed', id: one.id, path, withFolder: !folders.has(one.parent ?? '') });
      }
    }
    if (next.length === rest.length) return steps;
    rest = next;
  }
}
