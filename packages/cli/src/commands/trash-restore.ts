/** `trash restore`: takes objects out of the recycle bin. */
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
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { onEach } from '../acting/each.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'trash_restore',
  group: 'change',
  access: 'write',
  summary: 'Restore removed files and folders',
  description:
    'On business drives and libraries: by the former path, or by the id in trash ls; this\nuses the beta API of Microsoft, which may change. On personal drives: by the id that\nthe object had, because Microsoft Graph cannot list their recycle bin (on a terminal,\nrm prints the id; stat does too). The object returns to its old folder.',
  arguments: [{ name: 'object', description: 'ids, or paths', variadic: true }],
  options: [
    { name: 'into', value: 'FOLDER', description: 'another folder to put it in, on personal drives' },
    dryRunOption,
  ],
  examples: [
    { line: 'trash restore Documents/report.docx', note: 'by its path, on a business drive' },
    { line: "trash restore '1152BD0B4FF3A6B3!102'", note: 'by its id, on a personal drive' },
  ],
  async run(context, { object }, { into, ...options }) {
    const drive = await context.drive();
    const folder = into === undefined ? undefined : (await drive.stat(into, context.call)).id;
    const dryRun = options['dry-run'];
    const bin = await binOf(drive, context);
    if (bin === undefined) return byOldIds(context, object, folder, dryRun);
    return onEach(context, object, async (one) => {
      const entry = entryOf(bin, one);
      if (dryRun) return printPlan(context, [{ action: 'restore', object: formatPath(entry.path) }]);
      const call = { signal: context.signal, into: folder };
      const [error] = await restoreTrash(drive.context, [entry.id], call);
      if (error !== undefined) throw error;
    });
  },
});

/** Undefined where the bin cannot be listed. */
async function binOf(drive: Drive, { signal }: Context): Promise<readonly TrashEntry[] | undefined> {
  const found: TrashEntry[] = [];
  try {
    for await (const entry of listTrash(drive.context, { signal })) found.push(entry);
    return found;
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-supported') return undefined;
    throw error;
  }
}

/** What was removed last counts where a path was removed more than once. */
function entryOf(bin: readonly TrashEntry[], typed: string): TrashEntry {
  const byId = bin.find(({ id }) => id.toLowerCase() === typed.toLowerCase());
  const path = byId === undefined ? foldName(normalisePath(typed)) : '';
  const named = bin.filter((entry) => foldName(formatPath(entry.path)) === path);
  const [newest] = named.sort((a, b) => Date.parse(b.deleted ?? '') - Date.parse(a.deleted ?? ''));
  const entry = byId ?? newest;
  if (entry !== undefined) return entry;
  throw new OneDriveError('not-found', `The recycle bin of the drive holds no ${JSON.stringify(typed)}.`, {
    hint: 'List it: trash ls',
  });
}

async function byOldIds(
  context: Context,
  ids: readonly string[],
  folder: string | undefined,
  dryRun: boolean,
): Promise<number> {
  const { ref } = graphPlace((await context.drive()).context, 'recycle bin that can be reached');
  const restored: DriveItem[] = [];
  const status = await onEachInBatches(context, ids, async (one, own) => {
    if (dryRun) return printPlan(own, [{ action: 'restore', object: one }]);
    const call = { signal: context.signal, parentId: folder };
    restored.push(await restoreItem(await own.client(), ref, itemById(one), call));
  });
  if (restored.length > 0) await context.result(restored);
  return status;
}
