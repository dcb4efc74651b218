/** Which configuration file counts: the one named on the command line, else `~/.lcrc` of the older tool, else the XDG one. */
import { posix, win32 } from 'node:path';
import { OneDriveError } from '../errors/index.ts';
import type { FileSystem } from '../platform/file-system.ts';
import { type FolderWorld, userFolders } from './folders.ts';

export interface ConfigLocation {
  /** Absolute. */
  readonly path: string;
  /** Why this file: `-c`, the older tool's file, or the usual place. */
  readonly origin: 'flag' | 'lcrc' | 'xdg';
}

export interface LocateOptions extends FolderWorld {
  readonly fs: FileSystem;
  /** Absolute; where a relative `-c` starts. */
  readonly cwd: string;
  /** `-c`, as typed. */
  readonly flag?: string | undefined;
}

/**
 * The file to read and to write. It need not exist, but what `-c` names is not checked either: `auth` may create it.
 * @throws OneDriveError `config` when `-c` is empty.
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

/** A link that leads nowhere is there too: a person put it there, so it is worth an error, not a silent other file. */
async function isThere(fs: FileSystem, path: string): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    () => false,
  );
}
