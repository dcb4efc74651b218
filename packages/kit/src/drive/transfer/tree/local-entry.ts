/** Classifies a name in a local folder: a file, a folder, or something that is omitted. */
import { OneDriveError } from '../../../errors/index.ts';
import type { FileStat, FileSystem } from '../../../platform/file-system.ts';
import { localError } from '../local-error.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { Omission } from './omission.ts';

/** The file or folder at a local path, or why it is omitted. */
export type LocalEntry =
  | { readonly kind: 'file' | 'folder'; readonly stat: FileStat; readonly linked: boolean }
  | { readonly kind: 'omitted'; readonly omission: Omission };

/**
 * Reads the kind of a local path.
 * @throws OneDriveError `local-file` if it cannot be read, or is a link under the policy `fail`.
 */
export async function localEntry(
  fileSystem: FileSystem,
  localPath: string,
  links: LinkPolicy,
): Promise<LocalEntry> {
  try {
    const stat = await fileSystem.lstat(localPath);
    if (!stat.isSymbolicLink()) return entryOf(stat, false);
    if (links === 'skip') return { kind: 'omitted', omission: skippedLink };
    if (links === 'follow') return entryOf(await fileSystem.stat(localPath), true);
  } catch (error) {
    throw localError(error, 'read', localPath);
  }
  throw new OneDriveError('local-file', `${localPath} is a symbolic link.`, {
    hint: [
      { step: 'option', option: 'links', value: 'follow', to: 'upload the targets of links' },
      { step: 'option', option: 'links', value: 'skip', to: 'omit links' },
    ],
  });
}

const skippedLink: Omission = {
  reason: 'symlink',
  message: 'it is a symbolic link',
  hint: { step: 'option', option: 'links', value: 'follow', to: 'upload its target' },
};

function entryOf(stat: FileStat, linked: boolean): LocalEntry {
  if (stat.isFile()) return { kind: 'file', stat, linked };
  if (stat.isDirectory()) return { kind: 'folder', stat, linked };
  return {
    kind: 'omitted',
    omission: { reason: 'special-file', message: 'it is a pipe, a socket or a device, not a regular file' },
  };
}

/** The folders of a tree that have been entered, so that links do not lead to one of them again. */
export interface EnteredFolders {
  /** Enters a folder. @returns the reason if it is omitted instead. */
  enter(
    localPath: string,
    entry: { readonly stat: FileStat; readonly linked: boolean },
  ): Promise<Omission | undefined>;
}

/**
 * Folders are identified by device and inode. Omitted are links into the tree itself, because their targets are in the
 * tree anyway, and links to folders that contain the tree.
 * @param root the top folder of the tree, which may itself be a link.
 */
export async function enteredFolders(fileSystem: FileSystem, root: string): Promise<EnteredFolders> {
  const top = await fileSystem.realpath(root);
  const above = new Set<string>();
  for (let path = parentOf(top); path !== undefined; path = parentOf(path)) {
    const stat = await fileSystem.stat(path).catch(() => undefined);
    if (stat !== undefined) above.add(fileId(stat));
  }
  const entered = new Set([fileId(await fileSystem.stat(top))]);
  return {
    async enter(localPath, { stat, linked }) {
      const id = fileId(stat);
      if (above.has(id)) return linkOmission('it leads to a folder that contains the source folder');
      if (entered.has(id)) return linkOmission('it leads to a folder that is uploaded already');
      const target = linked ? await fileSystem.realpath(localPath) : undefined;
      if (target !== undefined && isBelow(target, top))
        return linkOmission(`it leads to ${target}, which is in the source folder`);
      entered.add(id);
      return undefined;
    },
  };
}

const linkOmission = (message: string): Omission => ({ reason: 'symlink', message });

const fileId = ({ dev, ino }: FileStat) => `${dev}:${ino}`;

function parentOf(path: string): string | undefined {
  const at = path.replace(/[/\\]+$/, '').search(/[/\\][^/\\]*$/);
  return at < 0 ? undefined : path.slice(0, at) || (path === '/' ? undefined : '/');
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^([/\\]|$)/.test(path.slice(folder.replace(/[/\\]$/, '').length));
}
