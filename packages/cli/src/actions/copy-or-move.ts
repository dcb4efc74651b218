/** The common part of `cp` and `mv`: several sources, one target, also across drives; a failure does not stop the others. */
import { copyAcross, type Drive, destination, moveAcross } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { ConflictBehavior, DriveItem, ItemRef } from 'onedrive-kit/graph';
import { itemById } from 'onedrive-kit/graph';
import { namesFolder, splitTarget } from 'onedrive-kit/internal/drive/address/target-rule';
import { expandToOne, expandWords } from '../arguments/expanded-arguments.ts';
import { type Located, locate } from '../arguments/locate.ts';
import type { Context } from '../context.ts';
import { progressBar } from '../output/progress.ts';
import { dryRunOption, type PlannedAction, printPlan } from './dry-run.ts';
import { onEachInBatches } from './each-in-batches.ts';

/** The options of both commands. */
export const copyOptions = [
  {
    name: 'conflict',
    value: 'HOW',
    choices: ['fail', 'replace', 'rename'],
    default: 'fail',
    description: 'what to do if the name is taken',
  },
  dryRunOption,
] as const;

/** The arguments of both commands. */
export const copyArguments = [
  {
    name: 'object',
    description:
      'paths, ids or URLs of the sources, then the target: a folder or a new name (default: the root)',
    variadic: true,
    names: 'item',
    located: true,
  },
] as const;

interface CopyOptions {
  readonly verb: 'copy' | 'move';
  readonly conflict: ConflictBehavior;
  readonly dryRun: boolean;
}

interface Target extends Located {
  readonly typed: string;
  /** The new name; undefined to keep that of the source. */
  readonly name?: string;
  readonly spelled?: { readonly folder: ItemRef; readonly name: string };
}

/**
 * Copies or moves objects.
 * @returns the exit status.
 * @throws OneDriveError the failure, if there is one source only; `usage` without arguments.
 */
export async function copyOrMove(
  objects: readonly string[],
  options: CopyOptions,
  context: Context,
): Promise<number> {
  const { sources: typed, target = '' } = splitTarget(objects);
  if (typed.length === 0)
    throw new OneDriveError('usage', `Missing argument: the object to ${options.verb}.`);
  const { found: sources, status: unmatched } = await expandWords(typed, context);
  const typedTarget = target === '' ? '' : await expandToOne(target, context, { mayBeNew: true });
  const to = await targetOf(typedTarget, sources.length, context);
  const plan: PlannedAction[] = [];
  const done: DriveItem[] = [];
  const status = await onEachInBatches(context, sources, async (source, inner) => {
    const from = await locate(source, inner);
    const at = sources.indexOf(source);
    if (options.dryRun) plan[at] = await plannedAction(source, from, to, options, context);
    else
      done[at] = await transfer(
        source,
        from,
        to,
        options,
        sources.length > 1 ? withoutProgress(inner) : inner,
      );
  });
  if (options.dryRun) await printPlan(context, plan.flat());
  else if (done.flat().length > 0) await context.result(sources.length > 1 ? done.flat() : done[0]);
  return status === 0 ? unmatched : status;
}

async function targetOf(typedTarget: string, count: number, context: Context): Promise<Target> {
  const to = await locate(typedTarget, context);
  const { folder, name, spelled } = await destination(to.drive.context, to.item, {
    signal: context.signal,
    mustBeFolder: count > 1 || namesFolder(typedTarget),
  });
  const typed = typedTarget === '' ? '/' : typedTarget;
  return {
    ...to,
    typed,
    item: folder,
    ...(name === undefined ? {} : { name }),
    ...(spelled === undefined ? {} : { spelled }),
  };
}

/** With several objects at once no progress is shown. */
function withoutProgress(context: Context): Context {
  return { ...context, flags: { ...context.flags, quiet: true } };
}

/** The planned action; checks that the source exists, like the action itself. */
async function plannedAction(
  source: string,
  from: Located,
  to: Target,
  { verb, conflict }: CopyOptions,
  { signal }: Context,
): Promise<PlannedAction> {
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

async function transfer(
  source: string,
  from: Located,
  to: Target,
  { verb, conflict }: CopyOptions,
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
      void context.note(`The service cannot ${verb} ${source} there, so its bytes go through this machine.`),
  };
  try {
    if (await isOneDrive(from, to, signal)) {
      const target = await inTarget(from, to, signal);
      // With the drive of the source, the requests are batched with those of the other sources.
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

/** Whether both are in the same drive, which a URL can point to as well. */
async function isOneDrive(from: Located, to: Target, signal: AbortSignal): Promise<boolean> {
  if (sameDrive(from, to)) return true;
  const [a, b] = await Promise.all([driveId(from.drive, signal), driveId(to.drive, signal)]);
  return a === b;
}

async function driveId(drive: Drive, signal: AbortSignal): Promise<string> {
  return (await drive.info({ signal })).id.toLowerCase();
}

/** The address of the source in the drive of the target. */
async function inTarget(from: Located, to: Target, signal: AbortSignal): Promise<Located['item']> {
  if (sameDrive(from, to) || from.item.path.length === 0) return from.item;
  const { id } = await from.drive.stat(from.item, { signal });
  return id === '' ? from.item : itemById(id);
}
