/**
 * A configuration file that several processes read and change: every change is made to the newest text under
 * a lock between processes, touches only its own keys, and replaces the file atomically. A change by an
 * editor, which does not use the lock, is detected by comparing the text just before the replacement.
 */
import { OneDriveError } from '../errors/index.ts';
import type { FileSystem } from '../platform/file-system.ts';
import type { Lock } from '../platform/lock.ts';
import type { PatienceOptions } from '../platform/node/patiently.ts';
import { replaceFile } from '../platform/node/replace-file.ts';
import { ambiguousIds } from './ambiguous-ids.ts';
import { editYaml } from './edit-yaml.ts';
import { exposureWarning } from './exposure.ts';
import { nameForLock } from './lock-name.ts';
import { readConfig } from './read-config.ts';
import type { Config, Profile } from './types.ts';
import type { YamlChange } from './yaml-change.ts';
import { parseYaml } from './yaml-source.ts';

export interface ConfigFileOptions {
  /** Absolute. */
  readonly path: string;
  readonly fs: FileSystem;
  /** Must exclude other processes: `fileLock`. */
  readonly lock: Lock;
  /** False on Windows, where file modes do not show who can read a file. Default: true. */
  readonly modes?: boolean | undefined;
  /**
   * How long to wait for a file that another program has open (Windows). Default: depends on the platform.
   */
  readonly patience?: PatienceOptions | undefined;
}

export interface ConfigFile {
  readonly path: string;
  /**
   * Reads the newest text; a missing file reads as an empty one.
   * @throws OneDriveError `config` with file, line, column and what was expected.
   */
  load(): Promise<Config>;
  /**
   * Returns the newest text; undefined if there is no file. @throws OneDriveError `config` if it cannot be
   * read.
   */
  text(): Promise<string | undefined>;
  /**
   * Changes single keys and leaves the rest of the text unchanged. Creates the file (0600) and its folder
   * (0700).
   * @throws OneDriveError `config` if the existing file is malformed (it then stays unchanged), `local-file`
   * if it cannot be written, `signal.reason` when aborted before anything was written.
   */
  change(
    changes: readonly YamlChange[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
}

/** Reads nothing yet: the file is read at every `load` and `change`. */
export function configFile(options: ConfigFileOptions): ConfigFile {
  return {
    path: options.path,
    load: () => load(options),
    text: () => readText(options.fs, options.path),
    change: (changes, { signal } = {}) => change(options, changes, signal),
  };
}

async function load({ path, fs, modes = true }: ConfigFileOptions): Promise<Config> {
  const text = await readText(fs, path);
  const settings = readConfig(parseYaml(path, text ?? ''));
  const warning =
    text !== undefined && modes ? await exposureWarning(fs, path, settings.profiles) : undefined;
  const warnings = [...(warning ? [warning] : []), ...unknownSettings(path, settings.profiles)];
  return { path, exists: text !== undefined, warnings, ...settings };
}

/**
 * A warning about settings of the older tool's HTTP library, which are ignored here; they stay in the file.
 */
function unknownSettings(path: string, profiles: readonly Profile[]): string[] {
  const names = new Set(profiles.flatMap((profile) => profile.request.unknown ?? []));
  if (names.size === 0) return [];
  return [`${path}: unknown ${names.size === 1 ? 'key' : 'keys'}, ignored: ${[...names].join(', ')}.`];
}

async function change(
  options: ConfigFileOptions,
  changes: readonly YamlChange[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { fs, lock } = options;
  const target = await realFile(fs, options.path);
  const release = await lock.acquire(nameForLock('config', target), { signal });
  try {
    for (let attempt = 1; !(await changeOnce(options, target, changes)); attempt++) {
      if (attempt === 5) throw busy(options.path);
    }
  } catch (error) {
    throw asLocalFile(error, options.path);
  } finally {
    await release();
  }
}

/** False if another program wrote to the file in between. */
async function changeOnce(
  options: ConfigFileOptions,
  target: string,
  changes: readonly YamlChange[],
): Promise<boolean> {
  const { fs, path } = options;
  const before = await readText(fs, target);
  const source = parseYaml(path, before ?? '');
  readConfig(source); // a file that cannot be read is not written either
  const after = editYaml(path, before ?? '', [...ambiguousIds(source), ...changes]);
  if (after === before) return true;
  const confirm = async () => (await readText(fs, target)) === before;
  return replaceFile(fs, target, new TextEncoder().encode(after), { confirm, patience: options.patience });
}

/** The target of a symlink, so that the link stays a link; the path itself if there is nothing yet. */
async function realFile(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    const link = await fs.lstat(path).catch(() => undefined);
    if (link === undefined) return path;
    throw new OneDriveError('config', `${path} is a symlink to a missing file.`, {
      cause: error,
      hint: 'Remove the link, or create its target.',
    });
  }
}

async function readText(fs: FileSystem, path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && (await fs.lstat(path).catch(() => undefined)) === undefined)
      return undefined;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): OneDriveError {
  const reasons: Readonly<Record<string, string>> = {
    EISDIR: 'it is a folder, but a YAML file was expected',
    EACCES: 'this user has no permission to read it',
    EPERM: 'this user has no permission to read it',
    ENOENT: 'it is a symlink to a missing file',
    ENOTDIR: 'a part of its path is a file, not a folder',
  };
  const reason = reasons[codeOf(error)] ?? `the file system reports ${codeOf(error) || 'an unknown error'}`;
  return new OneDriveError('config', `Cannot read the configuration ${path}: ${reason}.`, { cause: error });
}

function busy(path: string): OneDriveError {
  return new OneDriveError(
    'conflict',
    `${path} is repeatedly changed by another program; nothing was written.`,
    {
      hint: 'Close the programs that write to it, then try again.',
    },
  );
}

function asLocalFile(error: unknown, path: string): unknown {
  if (codeOf(error) === '' || error instanceof OneDriveError) return error;
  return new OneDriveError(
    'local-file',
    `Cannot write the configuration ${path} (${codeOf(error)}); it is unchanged.`,
    {
      cause: error,
      hint: 'Make the file and its folder writable, or use another configuration file.',
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
