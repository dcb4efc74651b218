/**
 * The local folders of a download: each one is looked at once and made once. A link on the way is not followed unless
 * the caller said so: otherwise whoever can write into the target decides where files go.
 */
import { OneDriveError } from '../../../errors/index.ts';
import { localError } from '../local-error.ts';
import { statIfThere } from '../path-sink.ts';
import type { Crew } from './crew.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { LocalTree } from './tree-options.ts';

/** Why nothing can go into a folder, or to a path. */
export type Obstacle =
  | { readonly kind: 'link'; readonly where: string }
  | { readonly kind: 'error'; readonly error: unknown };

/** The local folders below the top of a tree, by their paths in it. */
export interface LocalFolders {
  /** Makes a folder and those above it. The obstacle, which is reported once, for the folder that has it. */
  make(path: string): Promise<Obstacle | undefined>;
  /** Absolute local path. */
  where(path: string): string;
}

interface FolderTask {
  readonly local: LocalTree;
  readonly links: LinkPolicy;
  readonly dryRun: boolean;
  readonly crew: Crew;
}

/** Folders are only looked at in a dry run. */
export function localFolders(task: FolderTask): LocalFolders {
  const { local, crew } = task;
  const all = new Map<string, Promise<Obstacle | undefined>>();
  const where = (path: string) => (path === '' ? local.folder : `${local.folder}/${path}`);
  const makeOnce = async (path: string): Promise<Obstacle | undefined> => {
    if (path === '') return await reported(await makeTop(task), path);
    const above = await make(parentPath(path));
    if (above !== undefined) return above;
    const made = await makeOne(task, where(path));
    if (made === 'made') await crew.tell({ type: 'folder', path });
    return typeof made === 'object' ? await reported(made, path) : undefined;
  };
  const reported = async (obstacle: Obstacle | undefined, path: string) => {
    if (obstacle !== undefined) await reportObstacle(crew, path, obstacle, task.links);
    return obstacle;
  };
  const make = (path: string) => {
    const making = all.get(path) ?? makeOnce(path);
    all.set(path, making);
    return making;
  };
  return { make, where };
}

/** The path of the folder that something is in. Pure. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Reports why something at `path` does not come. */
export async function reportObstacle(
  crew: Pick<Crew, 'tell'>,
  path: string,
  obstacle: Obstacle,
  links: LinkPolicy,
): Promise<void> {
  if (obstacle.kind === 'error') await crew.tell({ type: 'failed', path, error: obstacle.error });
  else if (links === 'fail') await crew.tell({ type: 'failed', path, error: linkError(obstacle.where) });
  else
    await crew.tell({
      ...{ type: 'omitted', path, reason: 'symlink' },
      message: `${obstacle.where} is a symbolic link, and links are not followed`,
    });
}

/** A local path is a link where it must not be one. */
export function linkError(where: string): OneDriveError {
  return new OneDriveError('local-file', `Could not write ${where}: it is a symbolic link.`, {
    hint: 'Remove it, or follow links with --links follow.',
  });
}

/** The folder that the caller named may be a link; what is below it not. */
async function makeTop(task: FolderTask): Promise<Obstacle | undefined> {
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
  for (let depth = 1, at = target.replace(/[/\\]$/, ''); depth <= below.length; depth++) {
    at = `${at}/${below[depth - 1] ?? ''}`;
    const made = await makeOne(task, at);
    if (typeof made === 'object') return made;
  }
  return undefined;
}

async function makeOne(
  { local, links, dryRun }: FolderTask,
  where: string,
): Promise<Obstacle | 'made' | 'there'> {
  try {
    const there = await statIfThere(local.fileSystem, where, false);
    if (there === undefined) {
      if (!dryRun) await local.fileSystem.mkdir(where, { recursive: false });
      return 'made';
    }
    if (there.isSymbolicLink() && links !== 'follow') return { kind: 'link', where };
    const behind = there.isSymbolicLink() ? await local.fileSystem.stat(where) : there;
    return behind.isDirectory() ? 'there' : { kind: 'error', error: notAFolder(where) };
  } catch (error) {
    return { kind: 'error', error: localError(error, 'make', where) };
  }
}

function notAFolder(where: string): OneDriveError {
  return new OneDriveError('local-file', `Could not make the folder ${where}: a file has this name.`, {
    hint: 'Rename or remove the file.',
  });
}
