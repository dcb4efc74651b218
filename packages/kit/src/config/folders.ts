/**
 * The folders of this program for a user: the XDG Base Directory Specification
 * (https://specifications.freedesktop.org/basedir-spec/latest/) and its equivalents on macOS and Windows. A
 * pure function of the environment, so that tests and embedding programs can move everything.
 */
import { posix, win32 } from 'node:path';

export interface FolderWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder `~`, absolute. */
  readonly home: string;
  readonly platform: string;
}

/** Absolute folders of this program; they need not exist. */
export interface UserFolders {
  /** `config.yaml`. */
  readonly config: string;
  /** The embedded drive of `--local`. */
  readonly data: string;
  /** Pending sign-ins, locks, transfer journals. */
  readonly state: string;
  readonly cache: string;
}

const program = 'onedrive-kit';

/** The folders for an environment. A relative `XDG_…` value is ignored, as the specification requires. */
export function userFolders(world: FolderWorld): UserFolders {
  const paths = world.platform === 'win32' ? win32 : posix;
  const folder = (variable: string, fallback: readonly string[]): string => {
    const named = world.env[variable];
    return named && paths.isAbsolute(named) ? paths.join(named, program) : paths.join(...fallback);
  };
  const usual = usualFolders(world);
  return {
    config: folder('XDG_CONFIG_HOME', usual.config),
    data: folder('XDG_DATA_HOME', usual.data),
    state: folder('XDG_STATE_HOME', usual.state),
    cache: folder('XDG_CACHE_HOME', usual.cache),
  };
}

function usualFolders({ env, home, platform }: FolderWorld): Record<keyof UserFolders, readonly string[]> {
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ? [env['APPDATA']] : [home, 'AppData', 'Roaming'];
    const local = env['LOCALAPPDATA'] ? [env['LOCALAPPDATA']] : [home, 'AppData', 'Local'];
    return {
      config: [...roaming, program],
      data: [...local, program, 'data'],
      state: [...local, program, 'state'],
      cache: [...local, program, 'cache'],
    };
  }
  if (platform === 'darwin') {
    const support = [home, 'Library', 'Application Support', program];
    return {
      config: support,
      data: [...support, 'data'],
      state: [...support, 'state'],
      cache: [home, 'Library', 'Caches', program],
    };
  }
  return {
    config: [home, '.config', program],
    data: [home, '.local', 'share', program],
    state: [home, '.local', 'state', program],
    cache: [home, '.cache', program],
  };
}
