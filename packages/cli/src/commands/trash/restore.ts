/** `trash restore`: restores objects from the recycle bin. */
import {
  type Drive,
  foldName,
  formatPath,
  graphPlace,
  listTrash,
  normalisePath,
  restoreTrash,
  type TrashEntry,
} from 'onedrive-kit/drive';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import { itemById, restoreItem } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { onEach } from '../../actions/each.ts';
import { onEachInBatches } from '../../actions/each-in-batches.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'trash_restore',
  group: 'change',
  access: 'write',
  summary: 'Restore files and folders from the recycle bin',
  description:
    'Restores objects to their former folders. On business drives and libraries, name them\nby their former path or by the id from trash list (uses the beta API of Microsoft Graph,\nwhich may change). On personal drives, whose recycle bin cannot be listed, name them by\ntheir former id: rm prints it on a terminal, and stat before the removal.',
  arguments: [{ name: 'object', description: 'former paths or ids', variadic: true }],
  options: [
    { name: 'into', value: 'FOLDER', description: 'restore to this folder instead (personal drives)' },
    dryRunOption,
  ],
  examples: [
    { line: 'trash restore Documents/report.docx', note: 'restore by path, on a business drive' },
    { line: "trash restore '1152BD0B4FF3A6B3!102'", note: 'restore by id, on a personal drive' },
  ],
  async run(context, { object }, { into, ...options }) {
    const drive = await context.drive();
    const folder = into === undefined ? undefined : (await drive.stat(into, context.call)).id;
    const dryRun = options['dry-run'];
    const bin = await binOf(drive, context);
    if (bin === undefined) return byOldIds(context, object, folder, dryRun);
    return onEach(context, object, async (typed) => {
      const entry = entryOf(bin, typed);
      if (dryRun) return printPlan(context, [{ action: 'restore', object: formatPath(entry.path) }]);
      const call = { signal: context.signal, into: folder };
      const [error] = await restoreTrash(drive.context, [entry.id], call);
      if (error !== undefined) throw error;
    });
  },
});

/** The entries of the recycle bin; undefined if it cannot be listed. */
async function binOf(drive: Drive, { signal }: Context): Promise<readonly TrashEntry[] | undefined> {
  const entries: TrashEntry[] = [];
  try {
    for await (const entry of listTrash(drive.context, { signal })) entries.push(entry);
    return entries;
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-supported') return undefined;
    throw error;
  }
}

/** The entry for an id or a path; the newest typed if a path was removed more than once. */
function entryOf(bin: readonly TrashEntry[], typed: string): TrashEntry {
  const byId = bin.find(({ id }) => id.toLowerCase() === typed.toLowerCase());
  const path = byId === undefined ? foldName(normalisePath(typed)) : '';
  const named = bin.filter((entry) => foldName(formatPath(entry.path)) === path);
  const [newest] = named.sort((a, b) => Date.parse(b.deleted ?? '') - Date.parse(a.deleted ?? ''));
  const entry = byId ?? newest;
  if (entry !== undefined) return entry;
  throw new OneDriveError('not-found', `${JSON.stringify(typed)} is not in the recycle bin of the drive.`, {
    hint: 'To list the recycle bin: onedrive-cli trash list',
  });
}

async function byOldIds(
  context: Context,
  ids: readonly string[],
  folder: string | undefined,
  dryRun: boolean,
): Promise<number> {
  const { ref } = graphPlace((await context.drive()).context, 'recycle bin that can be restored from');
  const restored: DriveItem[] = [];
  const status = await onEachInBatches(context, ids, async (typed, inner) => {
    if (dryRun) return printPlan(inner, [{ action: 'restore', object: typed }]);
    const call = { signal: context.signal, parentId: folder };
    restored.push(await restoreItem(await inner.client(), ref, itemById(typed), call));
  });
  if (restored.length > 0) await context.result(restored);
  return status;
}
