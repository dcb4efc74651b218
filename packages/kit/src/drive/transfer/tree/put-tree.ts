/**
 * Uploads a local folder into a folder of the drive: each remote folder is listed or created at most once, and files that
 * the drive already has are skipped. The work on one folder is in put-folder.ts.
 */
import { resolve, type Target } from '../../address/target.ts';
import { makeFolder } from '../../changing/make-folder.ts';
import { saysMissing } from '../../explain-missing.ts';
import { statFolder } from '../../stat.ts';
import type { DriveContext } from '../../world.ts';
import { driveNames } from './drive-names.ts';
import type { TransferEvent } from './events.ts';
import { type FileSender, fileSender } from './file-sender.ts';
import { enteredFolders } from './local-entry.ts';
import { matchTracker } from './match-tracker.ts';
import { putTop } from './put-folder.ts';
import type { PutTask } from './put-task.ts';
import { existingFolder, newFolder, type RemoteFolder } from './remote-folder.ts';
import { everything } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';
import { type WorkerPool, withWorkerPool } from './worker-pool.ts';

/**
 * Uploads the content of a local folder into a folder of the drive, which is created if it is missing.
 * @throws OneDriveError if the folders themselves cannot be used. Errors of files and of folders below are events.
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
  const produce = async (pool: WorkerPool) => {
    const entered = links === 'follow' ? await enteredFolders(fileSystem, folder) : undefined;
    sender = fileSender({ context, fileSystem, pool, tree, keepTimes });
    const matches = matchTracker(selection);
    const driveName = driveNames(options);
    const taskOptions = { ...options, signal: pool.signal };
    const task = {
      context,
      local,
      options: taskOptions,
      selection,
      sender,
      pool,
      matches,
      driveName,
      entered,
    };
    const top = await topFolder(task, into);
    // An empty folder is transferred too.
    if (selection === everything && options.dryRun !== true) await top.ref();
    await putTop(task, top);
    await matches.reportUnmatched(pool);
    await pool.emit({ type: 'listed' });
  };
  return withWorkerPool({ clock, signal, transfers }, produce, async () => sender?.flush());
}

async function topFolder(task: PutTask, into: Target): Promise<RemoteFolder> {
  const { context, options } = task;
  const ref = resolve(into, options.as);
  const { signal } = options;
  try {
    return existingFolder(context, await statFolder(context, ref, { signal }), { signal });
  } catch (error) {
    if (!saysMissing(error) || ref.path.length === 0) throw error;
    const root = { anchor: ref.anchor, path: [] };
    return newFolder(async () => {
      const item = await makeFolder(context, root, ref.path.join('/'), { parents: true, signal });
      await task.pool.emit({ type: 'folder', path: '' });
      return item;
    });
  }
}
