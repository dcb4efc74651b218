/** A folder of the drive that local files go into: itself, and what is in it. */
import type { ItemRef } from '../../../graph/item-ref.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { itemKind } from '../../item-kind.ts';
import { refOf } from '../../provider/item-home.ts';
import type { ProviderCall } from '../../provider/provider.ts';
import type { DriveContext } from '../../world.ts';

/** Listed at most once, made at most once. */
export interface RemoteFolder {
  /** What is in it, page by page. */
  children(): AsyncIterable<readonly DriveItem[]>;
  ref(): Promise<ItemRef>;
}

/** One that is there. */
export function knownFolder({ provider }: DriveContext, item: DriveItem, call: ProviderCall): RemoteFolder {
  const ref = refOf(item);
  return {
    ref: async () => ref,
    children: () => (item.folder?.childCount === 0 ? nothing() : lean(provider.children(ref, call).pages())),
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

/**
 * A page is held while all of its files are compared. What nobody compares goes before: it would live just long enough
 * to be taken for something that stays.
 */
async function* lean(
  pages: AsyncIterable<readonly DriveItem[]>,
): AsyncGenerator<readonly DriveItem[], void, undefined> {
  for await (const page of pages) yield page.map(compared);
}

/** A folder whole, for it is gone into; of a file what it is compared by. */
function compared(item: DriveItem): DriveItem {
  if (itemKind(item) !== 'file') return item;
  const { id, name, size = 0, file, fileSystemInfo = {}, parentReference } = item;
  const { quickXorHash } = file?.hashes ?? {};
  const { driveType } = parentReference ?? {};
  return {
    ...{ id, name, size, fileSystemInfo },
    file: quickXorHash === undefined ? {} : { hashes: { quickXorHash } },
    ...(driveType === undefined ? {} : { parentReference: { driveType } }),
  };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}
