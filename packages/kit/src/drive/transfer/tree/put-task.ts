/** What the parts of a tree upload share, and the local and remote folders they work on. */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveContext } from '../../world.ts';
import type { DriveName } from './drive-names.ts';
import type { FileSender } from './file-sender.ts';
import type { FolderNames } from './folder-names.ts';
import type { EnteredFolders } from './local-entry.ts';
import type { MatchTracker } from './match-tracker.ts';
import type { Pair } from './pairs.ts';
import type { RemoteFolder } from './remote-folder.ts';
import type { Selection } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What the parts of a tree upload share. */
export interface PutTask {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly selection: Selection;
  readonly sender: FileSender;
  readonly pool: WorkerPool;
  readonly matches: MatchTracker;
  /** Returns the name in the drive of a local name. */
  readonly driveName: (local: string) => DriveName;
  /** Undefined if links are not followed: then no folder can be reached twice. */
  readonly entered: EnteredFolders | undefined;
}

/** A local folder or file: its path on disk, and its path below the top of the tree. */
export interface LocalPlace {
  readonly localPath: string;
  readonly path: string;
}

/** A folder of the drive that receives files. */
export interface RemotePlace {
  readonly remote: RemoteFolder;
  readonly names: FolderNames;
}

/** A file or folder to be uploaded. */
export interface ToPut extends LocalPlace, Omit<Pair, 'name'> {
  /** The name in the drive. */
  readonly name: string;
}

/** The file or folder with this name in a local folder. */
export function placeBelow(task: Pick<PutTask, 'driveName'>, folder: LocalPlace, name: string): LocalPlace {
  const { text } = task.driveName(name);
  const localPath = folder.localPath.endsWith('/')
    ? `${folder.localPath}${name}`
    : `${folder.localPath}/${name}`;
  return { localPath, path: folder.path === '' ? text : `${folder.path}/${text}` };
}

/** The error for a name that a file has on one side and a folder on the other. */
export function otherKind(path: string, localKind: string, remoteKind: string): OneDriveError {
  return new OneDriveError('conflict', `${path} is a ${localKind} here and a ${remoteKind} in the drive.`, {
    hint: ['Rename one of them.', { step: 'option', option: 'existing', value: 'rename', to: 'keep both' }],
  });
}
