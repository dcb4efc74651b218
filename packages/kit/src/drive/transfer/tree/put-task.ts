/** What the parts of a tree upload share, and the places that they work on. */
import { OneDriveError } from '../../../errors/index.ts';
import type { DriveContext } from '../../world.ts';
import type { Crew } from './crew.ts';
import type { DriveName } from './drive-names.ts';
import type { FileSender } from './file-sender.ts';
import type { FolderNames } from './folder-names.ts';
import type { EnteredFolders } from './local-entry.ts';
import type { MetFiles } from './met-files.ts';
import type { Pair } from './pairs.ts';
import type { RemoteFolder } from './remote-folder.ts';
import type { Selection } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';

/** What the parts of an upload of a tree share. */
export interface PutTask {
  readonly context: DriveContext;
  readonly local: LocalTree;
  readonly options: TreeOptions;
  readonly selection: Selection;
  readonly sender: FileSender;
  readonly crew: Crew;
  readonly met: MetFiles;
  /** The name in the drive of a local name. */
  readonly driveName: (local: string) => DriveName;
  /** Undefined where links are not followed: no folder can then be reached twice. */
  readonly entered: EnteredFolders | undefined;
}

/** A local folder or file: on the disk, and below the top of the tree. */
export interface LocalPlace {
  readonly where: string;
  readonly path: string;
}

/** A folder of the drive that is being filled. */
export interface RemotePlace {
  readonly remote: RemoteFolder;
  readonly names: FolderNames;
}

/** Something in a local folder that is to be uploaded. */
export interface ToPut extends LocalPlace, Omit<Pair, 'name'> {
  /** In the drive. */
  readonly name: string;
}

/** The place of a name in a local folder. */
export function placeBelow(task: Pick<PutTask, 'driveName'>, folder: LocalPlace, name: string): LocalPlace {
  const { text } = task.driveName(name);
  const where = folder.where.endsWith('/') ? `${folder.where}${name}` : `${folder.where}/${name}`;
  return { where, path: folder.path === '' ? text : `${folder.path}/${text}` };
}

/** The error for a name that a file has on one side and a folder on the other. */
export function otherKind(path: string, here: string, there: string): OneDriveError {
  return new OneDriveError('conflict', `${path} is a ${here} here and a ${there} in the drive.`, {
    hint: 'Rename one of them, or keep both with --rename.',
  });
}
