/**
 * What brings a tree back to how it was at a moment: which version of which file, what of the recycle bin. Pure;
 * restore-before.ts asks and acts.
 */

import type { DriveItem, DriveItemVersion } from '../../graph/types/index.ts';
import { foldName } from '../address/item-names.ts';
import type { TrashEntry } from './trash.ts';

/** One thing to do, or to leave. `path` is below the root of the drive. */
export type RestoreStep =
  /** The file gets the content that it had. */
  | {
      readonly kind: 'version';
      readonly path: readonly string[];
      readonly item: DriveItem;
      readonly version: string;
      /** When that version was made: ISO 8601, UTC. */
      readonly from: string | undefined;
    }
  /** It was removed since: out of the recycle bin, and then back to the content that it had. */
  | {
      readonly kind: 'removed';
      readonly path: readonly string[];
      readonly id: string;
      /** It went with the folder that it was in, and comes back with it where that is restored. */
      readonly withFolder: boolean;
    }
  /** It did not exist then. It stays. */
  | { readonly kind: 'newer'; readonly path: readonly string[] }
  /** It was changed since, and no version that old is left. It stays as it is. */
  | { readonly kind: 'lost'; readonly path: readonly string[] };

const timeOf = (text: string | undefined): number => Date.parse(text ?? '');

/** Could this item have another content than at `before` (milliseconds since the epoch)? */
export function changedSince({ lastModifiedDateTime }: DriveItem, before: number): boolean {
  return !(timeOf(lastModifiedDateTime) <= before);
}

/**
 * What to do with a file that was changed since; undefined where it has the content of then after all.
 * @param versions newest first, the current one on top.
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
 * What of a recycle bin belongs to a tree as it was: what was removed since, folders before what was in them. Of several
 * things that had one path in turn, the first that was removed since is the one that was there.
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

/** Something that delta says is gone. */
export interface Gone {
  readonly id: string;
  readonly name: string | undefined;
  /** Id of the folder that it was in. */
  readonly parent: string | undefined;
}

/**
 * The same from what delta tells since a token, for drives whose recycle bin cannot be listed.
 * @param folders ids of the folders of the tree that are there, with their paths.
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
