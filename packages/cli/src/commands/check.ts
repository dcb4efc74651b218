/** `check`: compares local files with those of the drive, in both directions. */
import { type Drive, itemKind } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import { type Comparison, compareTrees, equalContent } from '../actions/compare-trees.ts';
import { encodedPath } from '../arguments/encoded-path.ts';
import { localStat } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'check',
  group: 'browse',
  access: 'read',
  summary: 'Compare a local folder or file with the drive, in both directions',
  description:
    'Compares by hash, or by size where the drive reports no hash. Prints a line for each\nfile that is missing in the drive, extra in the drive, or different. Symbolic links are\nignored. Exits with 0 if everything is equal, with 1 if there are differences.',
  arguments: [
    { name: 'local', description: 'local folder or file', names: 'local' },
    { name: 'remote', description: 'path or id of the folder or file in the drive', names: 'item' },
  ],
  lists: 'lines',
  options: [{ name: 'size-only', description: 'compare sizes only, without reading the local files' }],
  examples: [
    { line: 'check photos Pictures/photos', note: 'compare two folders' },
    { line: 'check --size-only photos Pictures/photos', note: 'compare sizes only' },
    { line: 'check report.docx Documents/report.docx', note: 'compare one file' },
  ],
  async run(context, { local, remote }, options) {
    const differences: Comparison[] = [];
    let same = 0;
    for await (const result of await comparisons(context, { local, remote }, options['size-only'])) {
      if (result.result === 'same') same += 1;
      else differences.push(result);
    }
    const whole = wantsObjects(context.flags);
    if (whole || differences.length > 0)
      await context.print(whole ? differences : differences.map(({ result, path }) => `${result}: ${path}`));
    if (!options['size-only'] && (await context.live()) !== undefined)
      await context.note('The Live v5.0 API reports no hashes, so files are compared by size.');
    await context.note(summary(differences, same));
    return differences.length === 0 ? exitCodes.ok : exitCodes.failure;
  },
});

function summary(differences: readonly Comparison[], same: number): string {
  const count = (result: Comparison['result']) => differences.filter((one) => one.result === result).length;
  return `${same} equal, ${count('different')} different, ${count('missing')} missing in the drive, ${count('extra')} extra in the drive`;
}

/** @throws OneDriveError `usage` if one side is a folder and the other a file; `local-file`, `not-found`. */
async function comparisons(
  context: Context,
  { local, remote }: { readonly local: string; readonly remote: string },
  sizeOnly: boolean,
): Promise<AsyncIterable<Comparison>> {
  const path = await encodedPath(context, local);
  const facts = await localStat(context, path, 'read');
  if (facts === undefined) throw new OneDriveError('local-file', `${path} does not exist.`);
  const drive = await context.drive();
  const item = await drive.stat(remote, context.call);
  if (facts.isDirectory() !== (itemKind(item) === 'folder'))
    throw new OneDriveError('usage', `${local} and ${remote} are not both folders or both files.`);
  if (facts.isDirectory())
    return compareTrees(context, { local: path, remote: filesBelow(drive, remote, context) }, { sizeOnly });
  const same = sizeOnly ? item.size === facts.size : await equalContent(context, { file: path, facts }, item);
  return one({ result: same ? 'same' : 'different', path: item.name });
}

async function* one(comparison: Comparison): AsyncGenerator<Comparison, void, undefined> {
  yield comparison;
}

async function* filesBelow(
  drive: Drive,
  remote: string,
  { call }: Context,
): AsyncGenerator<{ path: string; item: DriveItem }, void, undefined> {
  const entries = drive.subtree(remote, { ...call, select: ['size', 'file', 'fileSystemInfo'] });
  for await (const { path, item } of entries) yield { path: path.join('/'), item };
}
