/**
 * Reports the result of a transfer of many files: failures, omissions and a summary, as text on stderr or as JSON; and the
 * exit status.
 */
import {
  isIncomplete,
  type OmittedEvent,
  type TransferEvent,
  type TransferSummary,
} from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { type PlannedAction, printPlan } from '../actions/dry-run.ts';
import { type Failure, statusOf } from '../actions/each.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { report } from '../errors.ts';
import { countText } from '../output/count-text.ts';
import { errorJson, stepText } from '../output/hint-text.ts';
import { printable } from '../output/printable.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';
import { summaryLine } from './summary-line.ts';
import { totalText, type VerdictSizes, verdictSizes, verdictTable } from './verdict-table.ts';

export interface ReportOptions {
  /** `auto`, `json` or `none`. */
  readonly progress: string;
  readonly dryRun: boolean;
  /** The verb of the summary. */
  readonly verb: 'uploaded' | 'downloaded';
}

/** Collects events, and reports at the end. */
export interface TransferReport {
  add(event: TransferEvent): Promise<void>;
  /** Writes the report. @returns the exit status. */
  end(): Promise<number>;
}

interface Collected {
  readonly failures: Failure[];
  readonly omissions: OmittedEvent[];
  readonly plan: PlannedAction[];
  summary: TransferSummary | undefined;
  readonly sizes: VerdictSizes;
}

/** Creates the report of one transfer. */
export function transferReport(context: Context, options: ReportOptions): TransferReport {
  const all: Collected = { failures: [], omissions: [], plan: [], summary: undefined, sizes: verdictSizes() };
  const planned = options.dryRun && options.progress !== 'json';
  return {
    async add(event) {
      all.sizes.add(event);
      if (event.type === 'failed') all.failures.push({ object: event.path, error: event.error });
      // Items omitted by the user's filters can be very many, so they are only counted in the summary.
      if (event.type === 'omitted' && event.reason !== 'filter') all.omissions.push(event);
      if (event.type === 'planned' && planned) await showPlanned(context, event, { all, options });
      if (event.type === 'summary') all.summary = event;
    },
    end: () => writeReport(context, all, options),
  };
}

/** Prints a planned transfer: as text immediately, as JSON in one value at the end. */
async function showPlanned(
  context: Context,
  { path, size }: Extract<TransferEvent, { type: 'planned' }>,
  { all, options }: { readonly all: Collected; readonly options: ReportOptions },
): Promise<void> {
  const action = options.verb === 'uploaded' ? 'upload' : 'download';
  if (wantsObjects(context.flags)) all.plan.push({ action, object: path, size });
  else await context.streams.stdout.write(`would ${action} ${printable(path)} (${humanSize(size)})\n`);
}

async function writeReport(context: Context, all: Collected, options: ReportOptions): Promise<number> {
  await writeFailures(context, all.failures);
  if (!context.flags.json) await writeOmissions(context, all.omissions);
  if (all.summary !== undefined) await writeResult(context, all, options);
  if (all.failures.length > 0) return statusOf(context, all.failures);
  const missing = all.omissions.filter(({ reason }) => isIncomplete(reason));
  if (missing.length === 0) return exitCodes.ok;
  const { text } = report(incomplete(missing.length), context.flags);
  await context.streams.stderr.write(text);
  return exitCodes.incomplete;
}

async function writeFailures({ streams, flags }: Context, failures: readonly Failure[]): Promise<void> {
  for (const { object, error } of failures) {
    const message = error instanceof Error ? error.message : String(error);
    const text = flags.json
      ? report(error, { ...flags, object }).text
      : `failed: ${nameOf(object)}: ${printable(message)}\n`;
    await streams.stderr.write(text);
  }
}

async function writeOmissions({ streams }: Context, omissions: readonly OmittedEvent[]): Promise<void> {
  for (const { path, message, hint } of omissions) {
    const remedy = hint === undefined ? '' : `. ${stepText(hint).replace(/\.$/, '')}`;
    await streams.stderr.write(`omitted: ${nameOf(path)}: ${printable(message)}${remedy}\n`);
  }
}

/** The printed path; that of the folder itself is ''. */
const nameOf = (path: string) => (path === '' ? '.' : printable(path));

async function writeResult(
  context: Context,
  { failures, omissions, plan, summary, sizes }: Collected,
  { progress, dryRun, verb }: ReportOptions,
): Promise<void> {
  if (summary === undefined || progress === 'json') return;
  if (!wantsObjects(context.flags)) {
    if (dryRun) return;
    const lines = context.streams.stderr.isTTY
      ? [totalText(summary, verb), ...verdictTable(summary, sizes)]
      : [summaryLine(summary, verb)];
    for (const line of lines) await context.note(line);
    return;
  }
  const omitted = omissions.map(({ path, reason, message, hint }) => ({
    path,
    reason,
    message,
    ...(hint === undefined ? {} : { hint: stepText(hint) }),
  }));
  if (dryRun) {
    const skipped = omitted.map(({ path, ...reason }) => ({ action: 'omit', object: path, ...reason }));
    await printPlan(context, [...plan, ...skipped]);
    return;
  }
  await context.result({
    summary: { ...summary, type: undefined },
    failed: failures.map(({ object, error }) => ({ path: object, error: errorJson(error) })),
    omitted,
  });
}

function incomplete(count: number): OneDriveError {
  return new OneDriveError('incomplete', `${countText(count, 'item')} cannot be transferred.`, {
    hint: 'The lines starting with "omitted" give the reasons. All other items have been transferred.',
  });
}
