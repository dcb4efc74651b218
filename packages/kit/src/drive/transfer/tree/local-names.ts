/**
 * Local file names for the names of a drive: refuses names that must not be used, and detects names that the local file
 * system considers equal.
 */
import { OneDriveError } from '../../../errors/index.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import type { Random } from '../../../platform/random.ts';
import { randomTag } from '../path-sink.ts';
import type { Omission } from './omission.ts';

/** `C:\…` and `\\server\…`: only Windows has such paths. */
const windowsPath = /^([A-Za-z]:|\\\\)/;

/** Names that Windows refuses, or that denote a device, a stream or another file there. */
const refusedByWindows = /[<>:"|?*]|\p{Cc}|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/iu;

/**
 * A name from the wire must not lead out of its folder, nor denote another file. A backslash separates folders on Windows;
 * a lone surrogate cannot be encoded as UTF-8.
 */
const unsafeNames = /^\.{0,2}$|[/\\\0]|\p{Surrogate}/u;

/** For mapped names: a backslash is an ordinary character there, and U+DC80 to U+DCFF stand for bytes of a local name. */
const unsafeMappedNames = /^\.{0,2}$|[/\0]|[\ud800-\udc7f\udd00-\udfff]/u;

/**
 * Why a name of the drive cannot be used for a local file; undefined if it can. Pure.
 * @param isMapped the name is the result of `unmapName`. Default: false.
 */
export function refusedName(name: string, localFolder: string, isMapped = false): Omission | undefined {
  const onWindows = windowsPath.test(localFolder);
  const pattern = isMapped && !onWindows ? unsafeMappedNames : unsafeNames;
  if (!pattern.test(name) && !(onWindows && refusedByWindows.test(name))) return undefined;
  const message = `its name ${JSON.stringify(name)} cannot be that of a local file; rename it in the drive`;
  return { reason: 'refused-name', message };
}

/** The same key for all names that some file system considers equal. Broad, because each pair is tried afterwards. Pure. */
function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[. ]+$/, '');
}

/** The names used so far in the folders that a walk is in. */
export interface UsedNames {
  /** Marks a path as used. @returns the sibling path that some file systems consider equal. */
  use(path: string): string | undefined;
}

/** For paths in the order of a walk: the names of a folder are dropped when the walk leaves it. */
export function usedNames(): UsedNames {
  const folders: { readonly path: string; readonly names: Map<string, string> }[] = [];
  const namesOf = (path: string): Map<string, string> => {
    for (;;) {
      const last = folders.at(-1);
      if (last?.path === path) return last.names;
      if (last === undefined || last.path === '' || path.startsWith(`${last.path}/`)) break;
      folders.pop();
    }
    const names = new Map<string, string>();
    folders.push({ path, names });
    return names;
  };
  return {
    use(path) {
      const slash = path.lastIndexOf('/');
      const names = namesOf(path.slice(0, Math.max(0, slash)));
      const key = nameKey(path.slice(slash + 1));
      const other = names.get(key);
      if (other === undefined) names.set(key, path);
      return other;
    },
  };
}

/** Where to try names. */
export interface NameTrial {
  readonly fileSystem: FileSystem;
  /** An existing folder. */
  readonly folder: string;
  readonly random: Random;
}

/** Whether the local file system considers two names equal. Tries it with an empty file, which is removed again. */
export async function sameLocalName(
  { fileSystem, folder, random }: NameTrial,
  name: string,
  other: string,
): Promise<boolean> {
  const prefix = `${folder}/.${randomTag(random, 4)}.`;
  try {
    const file = await fileSystem.open(prefix + name, 'wx', 0o600);
    await file.close();
  } catch {
    return true; // the name cannot be tried, for example because it is too long: one file is better than a mix of two
  }
  try {
    return await fileSystem.lstat(prefix + other).then(
      () => true,
      () => false,
    );
  } finally {
    await fileSystem.rm(prefix + name, { recursive: false, force: true });
  }
}

/** The error for two paths of the drive that would be the same local file. */
export function sameNameError(path: string, other: string): OneDriveError {
  const both = `${JSON.stringify(other)} and ${JSON.stringify(path)}`;
  return new OneDriveError('conflict', `${both} are the same name in the local file system.`, {
    hint: 'Rename one of them in the drive, or download into a file system that distinguishes them.',
  });
}
