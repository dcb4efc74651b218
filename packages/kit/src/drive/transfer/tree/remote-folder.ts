/** A folder of the drive that local files are uploaded into. */
import type { ItemRef } from '../../../graph/item-ref.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { refOf } from '../../provider/item-home.ts';
import type { ProviderCall } from '../../provider/provider.ts';
import type { DriveContext } from '../../world.ts';

/** Listed at most once, created at most once. */
export interface RemoteFolder {
  /** Its items, in pages. */
  children(): AsyncIterable<readonly DriveItem[]>;
  ref(): Promise<ItemRef>;
}

/** The fields that comparing files and entering folders need: a third of an item's JSON. */
const selectedFields = 'id,name,parentReference,size,file,fileSystemInfo,folder,package,remoteItem';

/** A folder that exists. */
export function existingFolder(
  { provider }: DriveContext,
  item: DriveItem,
  call: ProviderCall,
): RemoteFolder {
  const ref = refOf(item);
  return {
    ref: async () => ref,
    children: () =>
      item.folder?.childCount === 0
        ? nothing()
        : provider.children(ref, { ...call, select: selectedFields }).pages(),
  };
}

/** A folder that is created when the first file or folder is uploaded into it. */
export function newFolder(create: () => Promise<DriveItem>): RemoteFolder {
  let creation: Promise<DriveItem> | undefined;
  return {
    children: nothing,
    ref: async () => {
      creation ??= create();
      return refOf(await creation);
    },
  };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
