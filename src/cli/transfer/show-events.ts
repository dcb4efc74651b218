/**
 * Shows the events of a transfer: a line for each active file and one for all of them on a terminal, JSON lines for a
 * program; then what failed and a summary, on stderr. The exit status says whether anything failed.
 */
import type { TransferEvent } from '../../drive/index.ts';
import { isOneDriveError } from '../../errors/onedrive-error.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { type Intention, printPlan } from '../acting/dry-run.ts';
import { type Failure, statusOf } from '../acting/each.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/printable.ts';
import { presentable, wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';
import { summaryLine } from './summary-line.ts';
import { terminalBoard } from './terminal-board.ts';

export interface ShowOptions {
  /** `auto`, `json` or `none`. */
  readonly progress: string;
  readonly dryRun: boolean;
  /** What was done, for the summary. */
  readonly verb: 'uploaded' | 'downloaded';
}

/** Shows the events of many files. @returns the exit status. */
export async function showEvents(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  options: ShowOptions,
): Promise<number> {
  const failures: Failure[] = [];
  const plan: Intention[] = [];
  const json = options.progress === 'json';
  for await (const event of shown(context, events, options)) {
    if (event.type === 'failed') failures.push({ object: event.path, error: event.error });
    if (event.type === 'planned' && options.dryRun && !json)
      await tellPlanned(context, event, { plan, options });
    if (event.type !== 'summary') continue;
    await tellFailures(context, failures);
    if (plan.length > 0) await printPlan(context, plan);
    if (!json && !options.dryRun) await context.note(summaryLine(event, options.verb));
  }
  return statusOf(context, failures);
}

/**
 * Shows the events of one file. The summary is for people: it is left out where no terminal shows it, unless the service
 * keeps other bytes than were sent, which everybody should know.
 * @throws what made the file fail.
 */
export async function showOne(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  options: Omit<ShowOptions, 'dryRun'> & {
    /** Standard output is the content itself: events go to stderr, and no item is printed. */
    readonly toStdout?: boolean;
  },
): Promise<void> {
  let failure: Failure | undefined;
  const toStdout = options.toStdout === true;
  let notable = context.streams.stderr.isTTY && !(toStdout && context.streams.stdout.isTTY);
  for await (const event of shown(context, events, options)) {
    if (event.type === 'failed') failure = { object: event.path, error: event.error };
    if (event.type === 'done') {
      notable ||= event.verdict === 'rewritten';
      if (options.progress !== 'json' && !toStdout) await context.result(event.item);
    }
    if (event.type === 'summary' && failure === undefined && notable && options.progress !== 'json')
      await context.note(summaryLine(event, options.verb));
  }
  if (failure !== undefined) throw failure.error;
}

/** Tells that a file was left alone, because it is there already; for a program in events, as any transfer. */
export async function showSame(
  context: Context,
  { item, path }: { readonly item: DriveItem; readonly path: string },
  progress: string,
): Promise<void> {
  if (progress !== 'json') {
    await context.result(item);
    return;
  }
  const events: TransferEvent[] = [
    { type: 'skipped', path, size: item.size ?? 0, reason: 'same' },
    {
      ...{ type: 'summary', files: 0, bytes: 0, folders: 0, skipped: 1, failed: 0, elapsed: 0 },
      verdicts: { verified: 0, 'size-only': 0, rewritten: 0 },
    },
  ];
  for (const event of events) await context.streams.stdout.write(`${JSON.stringify(event)}\n`);
}

/** The events, each shown by the time it is handed on. */
async function* shown(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  { progress, toStdout = false }: { readonly progress: string; readonly toStdout?: boolean },
): AsyncGenerator<TransferEvent, void, undefined> {
  const { stdout, stderr } = context.streams;
  const board = progress === 'auto' ? terminalBoard(context) : undefined;
  try {
    for await (const event of events) {
      if (progress === 'json') await (toStdout ? stderr : stdout).write(`${JSON.stringify(asJson(event))}\n`);
      await board?.show(event);
      if (event.type === 'summary') await board?.end();
      yield event;
    }
  } finally {
    await board?.end();
  }
}

/** A line at once for a person; for a program all of them are one value, at the end. */
async function tellPlanned(
  context: Context,
  { path, size }: Extract<TransferEvent, { type: 'planned' }>,
  { plan, options }: { readonly plan: Intention[]; readonly options: ShowOptions },
): Promise<void> {
  const action = options.verb === 'uploaded' ? 'upload' : 'download';
  if (wantsObjects(context.flags)) plan.push({ action, object: path, size });
  else await context.streams.stdout.write(`would ${action} ${printable(path)} (${humanSize(size)})\n`);
}

function asJson(event: TransferEvent): unknown {
  if (event.type === 'done') return { ...event, item: presentable(event.item) };
  if (event.type !== 'failed') return event;
  const { error } = event;
  const told = isOneDriveError(error) ? error.toJSON() : { message: String(error) };
  return { ...event, error: told };
}

async function tellFailures({ streams }: Context, failures: readonly Failure[]): Promise<void> {
  for (const { object, error } of failures) {
    const why = error instanceof Error ? error.message : String(error);
    await streams.stderr.write(`failed: ${printable(object)}: ${printable(why)}\n`);
  }
}
