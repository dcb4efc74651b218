/** What `cp` and `mv` have in common: several sources, one place, across drives, one failure not stopping the others. */
import { copyAcross, type Drive, destination, moveAcross } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, DriveItem, ItemRef } from 'onedrive-kit/graph';
import { itemById } from 'onedrive-kit/graph';
import { type Located, locate } from '../arguments/locate.ts';
import type { Context } from '../context.ts';
import { progressBar } from '../output/progress.ts';
import { dryRunOption, type Intention, printPlan } from './dry-run.ts';
import { onEachInBatches } from './each-in-batches.ts';

/** The options of both. */
export const placeOptions = [
  {
    name: 'conflict',
    value: 'HOW',
    choices: ['fail', 'replace', 'rename'],
    default: 'fail',
    description: 'what to do if the name is taken',
  },
  dryRunOption,
] as const;

/** What is typed after both. */
export const placeArguments = [
  {
    name: 'object',
    description:
      'paths, ids or URLs of the sources, then the target: a folder or a new name (default: the root)',
    variadic: true,
    names: 'item',
    located: true,
  },
] as const;

interface Order {
  readonly verb: 'copy' | 'move';
  readonly conflict: ConflictBehavior;
  readonly dryRun: boolean;
}

interface Goal extends Located {
  readonly typed: string;
  readonly name?: string;
  readonly spelled?: { readonly folder: ItemRef; readonly name: string };
}

/**
 * Copies or moves.
 * @returns the exit status.
 * @throws OneDriveError as the one thing that was to be done; `usage` where nothing is named.
 */
export async function placeObjects(
  objects: readonly string[],
  order: Order,
  context: Context,
): Promise<number> {
  const sources = objects.length > 1 ? objects.slice(0, -1) : objects;
  const where = objects.length > 1 ? (objects.at(-1) ?? '') : '';
  if (sources.length === 0) throw new OneDriveError('usage', `Name what to ${order.verb}.`);
  const to = await goalOf(where, sources.length, context);
  const plan: Intention[] = [];
  const done: DriveItem[] = [];
  const status = await onEachInBatches(context, sources, async (source, own) => {
    const from = await locate(source, own);
    const at = sources.indexOf(source);
    if (order.dryRun) plan[at] = await intention(source, from, to, order, context);
    else done[at] = await place(source, from, to, order, sources.length > 1 ? unshown(own) : own);
  });
  if (order.dryRun) await printPlan(context, plan.flat());
  else if (done.flat().length > 0) await context.result(objects.length > 2 ? done.flat() : done[0]);
  return status;
}

async function goalOf(where: string, count: number, context: Context): Promise<Goal> {
  const to = await locate(where, context);
  const mustBeFolder = count > 1 || /\/$/.test(where);
  const { folder, name, spelled } = await destination(to.drive.context, to.item, {
    signal: context.signal,
    mustBeFolder,
  });
  const typed = where === '' ? '/' : where;
  return {
    ...to,
    typed,
    item: folder,
    ...(name === undefined ? {} : { name }),
    ...(spelled === undefined ? {} : { spelled }),
  };
}

/** Of many at once no progress is shown. */
function unshown(context: Context): Context {
  return { ...context, flags: { ...context.flags, quiet: true } };
}

/** Looks whether the source is there, as the real thing would. */
async function intention(
  source: string,
  from: Located,
  to: Goal,
  { verb, conflict }: Order,
  { signal }: Context,
): Promise<Intention> {
  await from.drive.stat(from.item, { signal });
  return {
    action: verb,
    object: source,
    to: to.typed,
    conflict,
    across: !sameDrive(from, to),
  };
}

const sameDrive = (a: Located, b: Located): boolean => a.own && b.own;

async function place(
  source: string,
  from: Located,
  to: Goal,
  { verb, conflict }: Order,
  context: Context,
): Promise<DriveItem> {
  const { signal, streams, clock, flags } = context;
  const bar = progressBar({ stderr: streams.stderr, clock, quiet: flags.quiet, label: source });
  const options = {
    signal,
    conflict,
    name: to.name,
    onProgress: ({ loaded, total }: { readonly loaded: number; readonly total: number | undefined }) =>
      bar.update(loaded, total),
    onStream: () =>
      void context.note(
        `The service does not ${verb} ${source} there by itself: it goes through this machine.`,
      ),
  };
  try {
    if (await isOneDrive(from, to, signal)) {
      const target = await inGoal(from, to, signal);
      // The same drive, and with it calls that go together with those of the other sources.
      const drive = sameDrive(from, to) ? from.drive : to.drive;
      return verb === 'copy'
        ? await drive.copy(target, to.item, options)
        : await drive.move(target, to.item, { ...options, ifItself: to.spelled });
    }
    const places = [
      { drive: from.drive.context, target: from.item },
      { drive: to.drive.context, target: to.item },
    ] as const;
    return verb === 'copy' ? await copyAcross(...places, options) : await moveAcross(...places, options);
  } finally {
    await bar.end();
  }
}

/** A URL may well lead into the drive of the command. */
async function isOneDrive(from: Located, to: Goal, signal: AbortSignal): Promise<boolean> {
  if (sameDrive(from, to)) return true;
  const [a, b] = await Promise.all([driveId(from.drive, signal), driveId(to.drive, signal)]);
  return a === b;
}

async function driveId(drive: Drive, signal: AbortSignal): Promise<string> {
  return (await drive.info({ signal })).id.toLowerCase();
}

/** The source as the drive of the goal names it. */
async function inGoal(from: Located, to: Goal, signal: AbortSignal): Promise<Located['item']> {
  if (sameDrive(from, to) || from.item.path.length === 0) return from.item;
  const { id } = await from.drive.stat(from.item, { signal });
  return id === '' ? from.item : itemById(id);
}
