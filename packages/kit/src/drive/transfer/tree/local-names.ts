/**
 * Names of the drive as names of local files: those that must not be used, and those that the local file system takes
 * for the same.
 */
import { OneDriveError } from '../../../errors/index.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import type { Random } from '../../../platform/random.ts';
import { randomTag } from '../path-sink.ts';
import type { Omission } from './omission.ts';

/** `C:\…` and `\\server\…`: only Windows has such paths. */
const windowsPath = /^([A-Za-z]:|\\\\)/;

/** What Windows refuses, or takes for a device, a stream or another name. */
const refusedByWindows = /[<>:"|?*]|\p{Cc}|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/iu;

/**
 * A name that comes over the wire must not choose a place outside its folder, nor a file that is not its own. A
 * backslash separates folders on Windows; a lone surrogate has no form in UTF-8.
 */
const unsafe = /^\.{0,2}$|[/\\\0]|\p{Surrogate}/u;

/** Of a name that was mapped: a backslash separates nothing here, and U+DC80 to U+DCFF are bytes of a local name. */
const unsafeMapped = /^\.{0,2}$|[/\0]|[\ud800-\udc7f\udd00-\udfff]/u;

/**
 * Why a name of the drive cannot be that of a local file; undefined for a good one. Pure.
 * @param isMapped the name is the result of `unmapName`. Default: false.
 */
export function refusedName(name: string, localFolder: string, isMapped = false): Omission | undefined {
  const onWindows = windowsPath.test(localFolder);
  const pattern = isMapped && !onWindows ? unsafeMapped : unsafe;
  if (!pattern.test(name) && !(onWindows && refusedByWindows.test(name))) return undefined;
  const message = `its name ${JSON.stringify(name)} cannot be that of a local file; rename it in the drive`;
  return { reason: 'refused-name', message };
}

/** Names that any file system might take for the same have the same key: generous, because each pair is tried. Pure. */
function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[. ]+$/, '');
}

/** The names that were used in each folder that a walk is in. */
export interface UsedNames {
  /** Uses a path. @returns the path beside it that some file systems take for the same. */
  use(path: string): string | undefined;
}

/** For paths in the order of a walk: a folder that the walk has left is forgotten. */
export function usedNames(): UsedNames {
  const folders: { readonly path: string; readonly names: Map<string, string> }[] = [];
  const namesIn = (path: string): Map<string, string> => {
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
      const at = path.lastIndexOf('/');
      const names = namesIn(path.slice(0, Math.max(0, at)));
      const key = nameKey(path.slice(at + 1));
      const other = names.get(key);
      if (other === undefined) names.set(key, path);
      return other;
    },
  };
}

/** The file system to try names in. */
export interface NameTrial {
  readonly fileSystem: FileSystem;
  /** An existing folder. */
  readonly folder: string;
  readonly random: Random;
}

/** Does the local file system take two names for the same? Tries it, with an empty file that is removed again. */
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
    return true; // it cannot be tried (a name that is too long): better one file than a mix of two
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

/** Two paths of the drive that would be one local file. */
export function sameNameError(path: string, other: string): OneDriveError {
  const both = `${JSON.stringify(other)} and ${JSON.stringify(path)}`;
  return new OneDriveError('conflict', `${both} are the same name in the local file system.`, {
    hint: 'Rename one of them in the drive, or download into a file system that distinguishes them.',
  });
}
