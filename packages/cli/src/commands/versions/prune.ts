/** `versions prune`: deletes old versions to free space. */
import { graphPlace, itemKind, parseMoment, prunable } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { deleteVersion, itemById, listVersions } from 'onedrive-kit/graph';
import { confirm } from '../../actions/confirm.ts';
import { dryRunOption, type PlannedAction, printPlan } from '../../actions/dry-run.ts';
import { onEachInBatches } from '../../actions/each-in-batches.ts';
import { type UnplacedItems, unplacedItems } from '../../actions/unplaced-items.ts';
import { startPath } from '../../arguments/start-path.ts';
import type { Context } from '../../context.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';
import { wholeNumber } from '../../definition/whole-number.ts';
import { countText } from '../../output/count-text.ts';
import { humanSize } from '../../output/size.ts';

export const command = defineCommand({
  name: 'versions_prune',
  group: 'change',
  access: 'write',
  summary: 'Delete old versions of a file, or of all files below a folder',
  description:
    'Always keeps the current version. Asks for confirmation, except with --yes. --dry-run\nshows what would be deleted and how much space that would free.',
  arguments: [{ name: 'object', description: 'path, id or URL', names: 'item' }],
  options: [
    {
      name: 'keep',
      value: 'N',
      default: '1',
      description: 'versions to keep, including the current step',
    },
    {
      name: 'until',
      formerly: ['--older-than'],
      value: 'WHEN',
      description: 'delete only versions older than this: 90d, 2026-01-31',
    },
    dryRunOption,
  ],
  examples: [
    { line: 'versions prune --keep 3 --dry-run Documents', note: 'show how much space that would free' },
    {
      line: 'versions prune --keep 5 --until 90d --yes Documents',
      note: 'delete without confirmation, for scripts',
    },
  ],
  async run(context, { object }, options) {
    const { until } = options;
    const before = until === undefined ? undefined : parseMoment(until, context.clock.now());
    const rule = { keep: wholeNumber(options.keep, '--keep'), before };
    const drive = await context.drive();
    const { ref } = graphPlace(drive.context, 'versions of files');
    const call = { signal: context.signal };
    const plan: (PlannedAction & {
      readonly item: string;
      readonly version: string;
      readonly size: number;
    })[] = [];
    const files = new Map<string, DriveItem>();
    const unplaced = unplacedItems(context);
    for await (const { path, item } of filesOf(object, context, unplaced)) files.set(path, item);
    const listed = await onEachInBatches(context, [...files.keys()], async (path, inner) => {
      const item = files.get(path)?.id ?? '';
      const versions = await collect(listVersions(await inner.client(), ref, itemById(item), call));
      for (const { id: version, size = 0 } of prunable(versions, rule))
        plan.push({ action: `delete version ${version} of`, object: path, item, version, size });
    });
    const incomplete = await unplaced.report();
    const listStatus = listed || incomplete;
    const order = new Map([...files.keys()].map((path, at) => [path, at]));
    plan.sort((a, b) => (order.get(a.object) ?? 0) - (order.get(b.object) ?? 0));
    const freed = plan.reduce((sum, { size }) => sum + size, 0);
    if (options['dry-run']) {
      await printPlan(context, plan);
      await context.note(`That would free ${humanSize(freed)}.`);
      return listStatus;
    }
    if (plan.length === 0) return listStatus;
    await confirm(context, `delete ${countText(plan.length, 'version')} of ${humanSize(freed)} together`);
    const byKey = new Map(plan.map((step) => [`${step.object} ${step.version}`, step]));
    const status = await onEachInBatches(context, [...byKey.keys()], async (key, inner) => {
      const step = byKey.get(key);
      if (step !== undefined)
        await deleteVersion(await inner.client(), ref, itemById(step.item), step.version, call);
    });
    await context.note(`Freed up to ${humanSize(freed)}.`);
    return status || listStatus;
  },
});

async function* filesOf(
  object: string,
  context: Context,
  { onUnplaced }: UnplacedItems,
): AsyncGenerator<{ readonly path: string; readonly item: DriveItem }> {
  const drive = await context.drive();
  const top = await drive.stat(object, context.call);
  if (itemKind(top) === 'file') {
    yield { path: object, item: top };
    return;
  }
  const start = await startPath(drive, object, context);
  for await (const { item, path } of drive.subtree(object, { ...context.call, shortcuts: false, onUnplaced }))
    if (itemKind(item) === 'file') yield { path: `/${[...start, ...path].join('/')}`, item };
}
