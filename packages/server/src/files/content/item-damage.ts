/** Names the item in failures of the disk, which the storage does not know. */
import type { World } from '../../core/world.ts';
import type { BlobBytes } from '../../storage/storage.ts';
import { StorageError } from '../../storage/storage-error.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { pathNames } from '../items/tree.ts';

/** The error with the path of the item, if it is a failure of the disk; any other error as it is. */
export function namingItem(world: World, item: Pick<ItemRecord, 'key'>, error: unknown): unknown {
  if (!(error instanceof StorageError)) return error;
  const path = world.storage.read((records) => {
    const current = records.item(item.key);
    return current === undefined ? '' : pathNames(records, current).join('/');
  });
  const what = error.code === 'damaged' ? 'is damaged' : 'cannot be read';
  return new StorageError(error.code, `The content of /${path} ${what}. ${error.message}`, { cause: error });
}

/** Runs `read`, which reads bytes of the item. @throws StorageError that names the item. */
export async function readingItem<T>(
  world: World,
  item: Pick<ItemRecord, 'key'>,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw namingItem(world, item, error);
  }
}

/** The same bytes, whose failures name the item. */
export function bytesNamingItem(world: World, item: Pick<ItemRecord, 'key'>, bytes: BlobBytes): BlobBytes {
  if (bytes.whole !== undefined) return bytes;
  return {
    ...(bytes.recycle === undefined ? {} : { recycle: (chunk) => bytes.recycle?.(chunk) }),
    [Symbol.asyncIterator]() {
      const chunks = bytes[Symbol.asyncIterator]();
      return {
        next: () =>
          chunks.next().catch((error: unknown) => {
            throw namingItem(world, item, error);
          }),
        return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
