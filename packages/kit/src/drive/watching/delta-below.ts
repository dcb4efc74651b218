/**
 * Changes below a folder. Personal drives return them; business drives and libraries return only those of the
 * whole drive, which are filtered. Source: https://learn.microsoft.com/graph/api/driveitem-delta
 */
import { isOneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { itemById, rootItem } from '../../graph/item-ref-forms.ts';
import type { DeltaItem } from '../../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { homeOf, refOf } from '../provider/item-home.ts';
import { statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** A change, and whether the item is in the folder now: it may have been moved out. */
export interface ChangeBelow {
  readonly item: DeltaItem;
  readonly inside: boolean;
}

/** The ref for delta requests, and the filter for their pages. */
export interface DeltaBelow {
  readonly at: ItemRef;
  /** Call it with every page, in order. */
  readonly select: (page: readonly DeltaItem[]) => Promise<readonly ChangeBelow[]>;
}

const all = async (page: readonly DeltaItem[]) => page.map((item) => ({ item, inside: true }));

/**
 * Prepares the changes below a folder. Only a folder below the root needs a request here; a page needs one
 * for each folder that no page has contained so far.
 * @throws OneDriveError `not-found`, `not-supported` for a file.
 */
export async function deltaBelow(
  context: DriveContext,
  folder: Target,
  options: DriveOptions = {},
): Promise<DeltaBelow> {
  const ref = resolve(folder, options.as);
  if (ref.anchor.kind === 'root' && ref.path.length === 0) return { at: ref, select: all };
  const item = await statFolder(context, ref, { signal: options.signal });
  if (item.root !== undefined || item.parentReference?.driveType === 'personal')
    return { at: refOf(item), select: all };
  const drive = homeOf(item);
  const parents = new Map<string, string | undefined>();
  const members = new Set<string>();
  const inFolder = async (start: string): Promise<boolean> => {
    const seen = new Set<string>();
    for (let id: string | undefined = start; id !== undefined && !seen.has(id); ) {
      if (id === item.id) return true;
      seen.add(id);
      if (!parents.has(id)) parents.set(id, await parentOf(context, itemById(id, drive), options));
      id = parents.get(id);
    }
    return false;
  };
  return {
    at: drive === undefined ? rootItem : itemById('root', drive),
    select: async (page) => {
      for (const { id, parentReference } of page) parents.set(id, parentReference?.id);
      const found: ChangeBelow[] = [];
      for (const one of page) {
        const inside = await inFolder(one.id);
        if (inside || members.has(one.id)) found.push({ item: one, inside });
        if (inside && one.deleted === undefined) members.add(one.id);
        else members.delete(one.id);
      }
      return found;
    },
  };
}

/** Undefined for the root, and for deleted items. */
async function parentOf(
  { provider }: DriveContext,
  ref: ItemRef,
  { signal }: DriveOptions,
): Promise<string | undefined> {
  try {
    return (await provider.item(ref, { signal })).parentReference?.id;
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}
