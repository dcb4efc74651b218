/**
 * Shows the events of a transfer: on a terminal a line for each active file and one for the total, or JSON lines. For
 * failures, omissions, the summary and the exit status see transfer-report.ts.
 */
import { emptySummary, type TransferEvent } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import type { Failure } from '../actions/each.ts';
import type { Context } from '../context.ts';
import { errorJson, stepText } from '../output/hint-text.ts';
import { presentable } from '../output/printer.ts';
import { summaryLine } from './summary-line.ts';
import { transferBoard } from './terminal-board.ts';
import { type ReportOptions, transferReport } from './transfer-report.ts';
import { verboseLine } from './verbose-line.ts';

export type ShowOptions = ReportOptions;

/**
 * Shows the events of many files, then lists failures and omissions. With `--json` the result is one JSON object on stdout,
 * and each failure a JSON error on stderr.
 * @returns the exit status: that of the failures, otherwise 14 if some items cannot be transferred, otherwise 0.
 */
export async function showEvents(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  options: ShowOptions,
): Promise<number> {
  const report = transferReport(context, options);
  try {
    for await (const event of shown(context, events, options)) await report.add(event);
  } catch (error) {
    // The run ends early: results so far are reported before the error.
    await report.end();
    throw error;
  }
  return report.end();
}

/**
 * Shows the events of one file. The summary is printed on a terminal only, except if the service has changed the content
 * or the content does not match its hash, which is always reported.
 * @throws the error of the file.
 */
export async function showOne(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  options: Omit<ShowOptions, 'dryRun'> & {
    /** The content is written to stdout: events go to stderr, and no item is printed. */
    readonly toStdout?: boolean;
  },
): Promise<void> {
  let failure: Failure | undefined;
  const toStdout = options.toStdout === true;
  let notable = context.streams.stderr.isTTY && !(toStdout && context.streams.stdout.isTTY);
  for await (const event of shown(context, events, { ...options, single: true })) {
    if (event.type === 'failed') failure = { object: event.path, error: event.error };
    if (event.type === 'done') {
      notable ||= event.verdict === 'rewritten' || event.verdict === 'mismatch';
      if (options.progress !== 'json' && !toStdout) await context.result(event.item);
    }
    if (event.type === 'summary' && failure === undefined && notable && options.progress !== 'json')
      await context.note(summaryLine(event, options.verb));
  }
  if (failure !== undefined) throw failure.error;
}

/** Reports that a file was skipped because the target has the same content; with `--progress json` as events. */
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
      ...{ type: 'summary', ...emptySummary, skipped: 1 },
    },
  ];
  for (const event of events) await context.streams.stdout.write(`${JSON.stringify(event)}\n`);
}

interface ShownOptions {
  /** For the lines of --verbose. */
  readonly verb: string;
  readonly progress: string;
  readonly toStdout?: boolean;
  /** A transfer of one file. */
  readonly single?: boolean;
}

/** Shows each event before yielding it. */
async function* shown(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  { progress, verb, toStdout = false, single = false }: ShownOptions,
): AsyncGenerator<TransferEvent, void, undefined> {
  const { stdout, stderr } = context.streams;
  const board = progress === 'auto' ? transferBoard(context, { single }) : undefined;
  try {
    for await (const event of events) {
      if (progress === 'json') await (toStdout ? stderr : stdout).write(`${JSON.stringify(asJson(event))}\n`);
      await board?.show(event);
      if (event.type === 'summary') await board?.end();
      const line = context.flags.verbose && progress !== 'json' ? verboseLine(event, verb) : undefined;
      if (line !== undefined) {
        await board?.end(); // it is drawn again below the line
        await context.note(line);
      }
      yield event;
    }
  } finally {
    await board?.end();
  }
}

function asJson(event: TransferEvent): unknown {
  if (event.type === 'done') return { ...event, item: presentable(event.item) };
  if (event.type === 'omitted' && event.hint !== undefined) return { ...event, hint: stepText(event.hint) };
  if (event.type !== 'failed') return event;
  return { ...event, error: errorJson(event.error) };
}
