/**
 * Free names in one folder of the drive, for files and folders whose own name is taken. The client chooses them, not the
 * service, so that a second run finds what the first one uploaded.
 */
import type { DriveItem } from '../../../graph/types/index.ts';
import { foldName } from '../../address/item-names.ts';
import type { RemoteFolder } from './remote-folder.ts';
import { numberedName } from './siblings.ts';
import type { TreeOptions } from './tree-options.ts';

/** A name, and the item of an earlier run that uses it. */
export interface FreeName {
  readonly name: string;
  readonly item: DriveItem | undefined;
}

/** The names of one folder. */
export interface FolderNames {
  /** The items of the folder in the drive, in pages. */
  readonly pages: AsyncIterable<readonly DriveItem[]>;
  /**
   * The first numbered name that no local sibling has and that is free in the drive or belongs to an item that `isOurs` accepts.
   * For uploads with `existing: 'rename'` only.
   */
  free(
    name: string,
    kind: 'file' | 'folder',
    isOurs: (item: DriveItem) => Promise<boolean>,
  ): Promise<FreeName>;
}

/** @param names the names of all local siblings in the drive. */
export async function folderNames(
  { options }: { readonly options: Pick<TreeOptions, 'existing'> },
  names: readonly string[],
  remote: RemoteFolder,
): Promise<FolderNames> {
  if (options.existing !== 'rename') return { pages: remote.children(), free: neverFree };
  const usedNames = new Set(names.map(foldName));
  const items = new Map<string, DriveItem>();
  for await (const page of remote.children()) for (const item of page) items.set(foldName(item.name), item);
  return {
    pages: onePage([...items.values()]),
    async free(name, kind, isOurs) {
      for (let number = 1; ; number++) {
        const numbered = numberedName(name, number, kind);
        const key = foldName(numbered);
        const item = items.get(key);
        if (usedNames.has(key) || (item !== undefined && !(await isOurs(item)))) continue;
        // Two local folders must not be merged into one; two files with the same content may share an item.
        if (item === undefined || kind === 'folder') usedNames.add(key);
        return { name: numbered, item };
      }
    },
  };
}

async function* onePage(items: readonly DriveItem[]): AsyncGenerator<readonly DriveItem[], void, undefined> {
  yield items;
}

async function neverFree(name: string): Promise<FreeName> {
  return { name, item: undefined };
}
