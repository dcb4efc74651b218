/**
 * The local folders of a download: each is checked and created once. Links below the target are not followed unless the
 * caller asked for it: otherwise anyone who can write into the target decides where files are written.
 */
import { OneDriveError } from '../../../errors/index.ts';
import { localError } from '../local-error.ts';
import { statIfThere } from '../path-sink.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { LocalTree } from './tree-options.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Why a folder cannot be entered, or a path not written. */
export type Obstacle =
  | { readonly kind: 'link'; readonly localPath: string }
  | { readonly kind: 'error'; readonly error: unknown };

/** The local folders of a tree, by their relative paths. */
export interface LocalFolders {
  /** Creates a folder and its parents. Returns the obstacle, which is reported once, for the folder that has it. */
  create(path: string): Promise<Obstacle | undefined>;
  /** Absolute local path. */
  localPath(path: string): string;
}

interface FolderTask {
  readonly local: LocalTree;
  readonly links: LinkPolicy;
  readonly dryRun: boolean;
  readonly pool: WorkerPool;
}

/** In a dry run folders are only checked. */
export function localFolders(task: FolderTask): LocalFolders {
  const { local, pool } = task;
  const folders = new Map<string, Promise<Obstacle | undefined>>();
  const localPath = (path: string) => (path === '' ? local.folder : `${local.folder}/${path}`);
  const createOnce = async (path: string): Promise<Obstacle | undefined> => {
    if (path === '') return await reportedObstacle(await createTop(task), path);
    const above = await create(parentPath(path));
    if (above !== undefined) return above;
    const result = await createFolder(task, localPath(path));
    if (result === 'created') await pool.emit({ type: 'folder', path });
    return typeof result === 'object' ? await reportedObstacle(result, path) : undefined;
  };
  const reportedObstacle = async (obstacle: Obstacle | undefined, path: string) => {
    if (obstacle !== undefined) await reportObstacle(pool, path, obstacle, task.links);
    return obstacle;
  };
  const create = (path: string) => {
    const creation = folders.get(path) ?? createOnce(path);
    folders.set(path, creation);
    return creation;
  };
  return { create, localPath };
}

/** The path of the parent folder. Pure. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Reports why the file or folder at `path` is not written. */
export async function reportObstacle(
  pool: Pick<WorkerPool, 'emit'>,
  path: string,
  obstacle: Obstacle,
  links: LinkPolicy,
): Promise<void> {
  if (obstacle.kind === 'error') await pool.emit({ type: 'failed', path, error: obstacle.error });
  else if (links === 'fail') await pool.emit({ type: 'failed', path, error: linkError(obstacle.localPath) });
  else
    await pool.emit({
      ...{ type: 'omitted', path, reason: 'symlink' },
      message: `${obstacle.localPath} is a symbolic link, and links are not followed`,
    });
}

/** The error for a symbolic link at a path that must not be one. */
export function linkError(localPath: string): OneDriveError {
  return new OneDriveError('local-file', `Could not write ${localPath}: it is a symbolic link.`, {
    hint: ['Remove it.', { step: 'option', option: 'links', value: 'follow', to: 'write to its target' }],
  });
}

/** The folder that the caller named may be a link; the folders below it may not. */
async function createTop(task: FolderTask): Promise<Obstacle | undefined> {
  const { folder, target = folder, fileSystem } = task.local;
  try {
    if (!task.dryRun) await fileSystem.mkdir(target, { recursive: true });
  } catch (error) {
    return { kind: 'error', error: localError(error, 'make', target) };
  }
  const below = folder
    .slice(target.length)
    .split(/[/\\]/)
    .filter((name) => name !== '');
  for (let depth = 1, path = target.replace(/[/\\]$/, ''); depth <= below.length; depth++) {
    path = `${path}/${below[depth - 1] ?? ''}`;
    const result = await createFolder(task, path);
    if (typeof result === 'object') return result;
  }
  return undefined;
}

async function createFolder(
  { local, links, dryRun }: FolderTask,
  localPath: string,
): Promise<Obstacle | 'created' | 'exists'> {
  try {
    const stat = await statIfThere(local.fileSystem, localPath, false);
    if (stat === undefined) {
      if (!dryRun) await local.fileSystem.mkdir(localPath, { recursive: false });
      return 'created';
    }
    if (stat.isSymbolicLink() && links !== 'follow') return { kind: 'link', localPath };
    const target = stat.isSymbolicLink() ? await local.fileSystem.stat(localPath) : stat;
    return target.isDirectory() ? 'exists' : { kind: 'error', error: notAFolder(localPath) };
  } catch (error) {
    return { kind: 'error', error: localError(error, 'make', localPath) };
  }
}

function notAFolder(where: string): OneDriveError {
  return new OneDriveError('local-file', `Could not make the folder ${where}: a file has this name.`, {
    hint: 'Rename or remove the file.',
  });
}
