/** A folder of the drive that local files go into: itself, and what is in it. */
import type { ItemRef } from '../../../graph/item-ref.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { refOf } from '../../provider/item-home.ts';
import type { ProviderCall } from '../../provider/provider.ts';
import type { DriveContext } from '../../world.ts';

/** Listed at most once, made at most once. */
export interface RemoteFolder {
  /** What is in it, page by page. */
  children(): AsyncIterable<readonly DriveItem[]>;
  ref(): Promise<ItemRef>;
}

/** What files are compared by, and folders gone into: a third of all that is known of an item. */
const needed = 'id,name,parentReference,size,file,fileSystemInfo,folder,package,remoteItem';

/** One that is there. */
export function knownFolder({ provider }: DriveContext, item: DriveItem, call: ProviderCall): RemoteFolder {
  const ref = refOf(item);
  return {
    ref: async () => ref,
    children: () =>
      item.folder?.childCount === 0 ? nothing() : provider.children(ref, { ...call, select: needed }).pages(),
  };
}

/** One that is made when something goes into it, by whoever needs it first. */
export function newFolder(make: () => Promise<DriveItem>): RemoteFolder {
  let made: Promise<DriveItem> | undefined;
  return {
    children: nothing,
    ref: async () => {
      made ??= make();
      return refOf(await made);
    },
  };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
