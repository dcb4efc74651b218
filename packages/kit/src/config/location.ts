/**
 * Selects the configuration file: the one from the command line, otherwise `~/.lcrc` of the older tool,
 * otherwise the XDG one.
 */
import { posix, win32 } from 'node:path';
import { OneDriveError } from '../errors/index.ts';
import type { FileSystem } from '../platform/file-system.ts';
import { type FolderWorld, userFolders } from './folders.ts';

export interface ConfigLocation {
  /** Absolute. */
  readonly path: string;
  /** Why this file was selected: `-c`, the older tool's file, or the default. */
  readonly origin: 'flag' | 'lcrc' | 'xdg';
}

export interface LocateOptions extends FolderWorld {
  readonly fs: FileSystem;
  /** Absolute; a relative `-c` starts here. */
  readonly cwd: string;
  /** The value of `-c`. */
  readonly flag?: string | undefined;
}

/**
 * The file to read and write. It need not exist, even with `-c`: `auth` may create it.
 * @throws OneDriveError `config` if `-c` is empty.
 */
export async function locateConfig(options: LocateOptions): Promise<ConfigLocation> {
  const paths = options.platform === 'win32' ? win32 : posix;
  if (options.flag !== undefined) {
    if (options.flag === '') {
      throw new OneDriveError('config', 'The path of the configuration file is empty.');
    }
    return { path: paths.resolve(options.cwd, options.flag), origin: 'flag' };
  }
  const older = paths.join(options.home, '.lcrc');
  if (await isThere(options.fs, older)) return { path: older, origin: 'lcrc' };
  return { path: paths.join(userFolders(options).config, 'config.yaml'), origin: 'xdg' };
}

/**
 * A broken symlink is used too: the user created it, so an error is better than silently using another file.
 */
async function isThere(fs: FileSystem, path: string): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    () => false,
  );
}
