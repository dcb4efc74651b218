/** What a name in a local folder stands for: a file, a folder, or something that is left out. */
import { OneDriveError } from '../../../errors/index.ts';
import type { FileStat, FileSystem } from '../../../platform/file-system.ts';
import { localError } from '../local-error.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { Omission } from './omission.ts';

/** What is at a local path. */
export type LocalEntry =
  | { readonly kind: 'file' | 'folder'; readonly stat: FileStat; readonly linked: boolean }
  | { readonly kind: 'omitted'; readonly omission: Omission };

/**
 * Looks at a local path.
 * @throws OneDriveError `local-file` if it cannot be looked at, or is a link under the policy `fail`.
 */
export async function localEntry(
  fileSystem: FileSystem,
  where: string,
  links: LinkPolicy,
): Promise<LocalEntry> {
  try {
    const stat = await fileSystem.lstat(where);
    if (!stat.isSymbolicLink()) return entryOf(stat, false);
    if (links === 'skip') return { kind: 'omitted', omission: skippedLink };
    if (links === 'follow') return entryOf(await fileSystem.stat(where), true);
  } catch (error) {
    throw localError(error, 'read', where);
  }
  throw new OneDriveError('local-file', `${where} is a symbolic link.`, {
    hint: 'Upload what links lead to with --links follow, or leave them out with --links skip.',
  });
}

const skippedLink: Omission = {
  reason: 'symlink',
  message: 'it is a symbolic link; --links follow uploads what it leads to',
};

function entryOf(stat: FileStat, linked: boolean): LocalEntry {
  if (stat.isFile()) return { kind: 'file', stat, linked };
  if (stat.isDirectory()) return { kind: 'folder', stat, linked };
  return {
    kind: 'omitted',
    omission: { reason: 'special-file', message: 'it is a pipe, a socket or a device, not a regular file' },
  };
}

/** The folders of a tree that have been entered, so that links lead nowhere twice. */
export interface EnteredFolders {
  /** Enters a folder. @returns why it is left out instead, if it is. */
  enter(
    where: string,
    entry: { readonly stat: FileStat; readonly linked: boolean },
  ): Promise<Omission | undefined>;
}

/**
 * Folders are told apart by device and inode. Links into the tree itself are left out, because their targets are in the
 * tree anyway, and so are those to folders that contain it.
 * @param root the top folder of the tree, which may itself be a link.
 */
export async function enteredFolders(fileSystem: FileSystem, root: string): Promise<EnteredFolders> {
  const top = await fileSystem.realpath(root);
  const above = new Set<string>();
  for (let path = parentOf(top); path !== undefined; path = parentOf(path)) {
    const stat = await fileSystem.stat(path).catch(() => undefined);
    if (stat !== undefined) above.add(idOf(stat));
  }
  const entered = new Set([idOf(await fileSystem.stat(top))]);
  return {
    async enter(where, { stat, linked }) {
      const id = idOf(stat);
      if (above.has(id)) return link('it leads to a folder that contains the source folder');
      if (entered.has(id)) return link('it leads to a folder that is uploaded already');
      const target = linked ? await fileSystem.realpath(where) : undefined;
      if (target !== undefined && isBelow(target, top))
        return link(`it leads to ${target}, which is in the source folder`);
      entered.add(id);
      return undefined;
    },
  };
}

const link = (message: string): Omission => ({ reason: 'symlink', message });

const idOf = ({ dev, ino }: FileStat) => `${dev}:${ino}`;

function parentOf(path: string): string | undefined {
  const at = path.replace(/[/\\]+$/, '').search(/[/\\][^/\\]*$/);
  return at < 0 ? undefined : path.slice(0, at) || (path === '/' ? undefined : '/');
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^([/\\]|$)/.test(path.slice(folder.replace(/[/\\]$/, '').length));
}
