/**
 * Uploads a local folder into a folder of the drive: each remote folder is listed or created at most once, files that
 * the drive has already are skipped. The work on one folder is in put-folder.ts.
 */
import { resolve, type Target } from '../../address/target.ts';
import { makeFolder } from '../../changing/make-folder.ts';
import { saysMissing } from '../../explain-missing.ts';
import { statFolder } from '../../stat.ts';
import type { DriveContext } from '../../world.ts';
import { type Crew, withCrew } from './crew.ts';
import { driveNames } from './drive-names.ts';
import type { TransferEvent } from './events.ts';
import { type FileSender, fileSender } from './file-sender.ts';
import { enteredFolders } from './local-entry.ts';
import { metFiles } from './met-files.ts';
import { putTop } from './put-folder.ts';
import type { PutTask } from './put-task.ts';
import { knownFolder, newFolder, type RemoteFolder } from './remote-folder.ts';
import { everything } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';

/**
 * Uploads what is in a local folder into a folder of the drive, which is created if it is missing.
 * @throws OneDriveError when the folders themselves cannot be used. Errors of files and of folders below are events.
 */
export function putTree(
  context: DriveContext,
  local: LocalTree,
  into: Target,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { clock } = context.world;
  const { transfers = 8, selection = everything, signal, links, keepTimes, tree } = options;
  const { fileSystem, folder } = local;
  let sender: FileSender | undefined;
  const scout = async (crew: Crew) => {
    const entered = links === 'follow' ? await enteredFolders(fileSystem, folder) : undefined;
    sender = fileSender({ context, fileSystem, crew, tree, keepTimes });
    const met = metFiles(selection);
    const driveName = driveNames(options);
    const own = { ...options, signal: crew.signal };
    const task = { context, local, options: own, selection, sender, crew, met, driveName, entered };
    const top = await topFolder(task, into);
    // An empty folder is a tree too.
    if (selection === everything && options.dryRun !== true) await top.ref();
    await putTop(task, top);
    await met.tellMissing(crew);
  };
  return withCrew({ clock, signal, transfers }, scout, async () => sender?.flush());
}

async function topFolder(task: PutTask, into: Target): Promise<RemoteFolder> {
  const { context, options } = task;
  const ref = resolve(into, options.as);
  const { signal } = options;
  try {
    return knownFolder(context, await statFolder(context, ref, { signal }), { signal });
  } catch (error) {
    if (!saysMissing(error) || ref.path.length === 0) throw error;
    const above = { anchor: ref.anchor, path: [] };
    return newFolder(async () => {
      const made = await makeFolder(context, above, ref.path.join('/'), { parents: true, signal });
      await task.crew.tell({ type: 'folder', path: '' });
      return made;
    });
  }
}
