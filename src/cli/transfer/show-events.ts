/**
 * Shows the events of a transfer: a line for each active file and one for all of them on a terminal, JSON lines for a
 * program; then what failed and a summary, on stderr. The exit status says whether anything failed.
 */
import type { TransferEvent, TransferSummary } from '../../drive/index.ts';
import { isOneDriveError } from '../../errors/onedrive-error.ts';
import type { Context } from '../context.ts';
import { type Failure, statusOf } from '../each.ts';
import { printable } from '../output/printable.ts';
import { presentable } from '../output/printer.ts';
import { progressLine } from '../output/progress.ts';
import { humanSize } from '../output/size.ts';

/** Milliseconds before anything is drawn, and between two drawings. */
const patience = 500;
const interval = 100;
/** Files that are shown at a time. */
const mostLines = 8;

export interface ShowOptions {
  /** `auto`, `json` or `none`. */
  readonly progress: string;
  readonly dryRun: boolean;
  /** For the summary: `uploaded`. */
  readonly verb: string;
}

/** Shows all of them. @returns the exit status. */
export async function showEvents(
  context: Context,
  events: AsyncIterable<TransferEvent>,
  options: ShowOptions,
): Promise<number> {
  const failures: Failure[] = [];
  const json = options.progress === 'json';
  const board = json || options.progress === 'none' ? undefined : terminalBoard(context);
  try {
    for await (const event of events) {
      if (json) await context.streams.stdout.write(`${JSON.stringify(asJson(event))}\n`);
      if (event.type === 'failed') failures.push({ object: event.path, error: event.error });
      if (event.type === 'planned' && options.dryRun && !json)
        await context.streams.stdout.write(
          `would move ${printable(event.path)} (${humanSize(event.size)})\n`,
        );
      await board?.show(event);
      if (event.type !== 'summary') continue;
      await board?.end();
      await tellFailures(context, failures);
      if (!json && !options.dryRun) await context.note(summaryLine(event, options.verb));
    }
  } finally {
    await board?.end();
  }
  return statusOf(context, failures);
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

/** `12 files uploaded (4.5M in 2.0s, 2.2M/s): 11 verified, 1 size only; 3 skipped, 1 failed`. */
function summaryLine(sum: TransferSummary, verb: string): string {
  const seconds = sum.elapsed / 1000;
  const rate = seconds > 0 ? `, ${humanSize(sum.bytes / seconds)}/s` : '';
  const counts: [number, string][] = [
    [sum.verdicts.verified, 'verified'],
    [sum.verdicts['size-only'], 'size only'],
    [sum.verdicts.rewritten, 'rewritten by the service'],
  ];
  const verdicts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const others = [
    ...(sum.skipped > 0 ? [`${sum.skipped} skipped`] : []),
    ...(sum.failed > 0 ? [`${sum.failed} failed`] : []),
  ];
  const head = `${sum.files} ${sum.files === 1 ? 'file' : 'files'} ${verb} (${humanSize(sum.bytes)} in ${seconds.toFixed(1)}s${rate})`;
  return [`${head}${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}`, ...others].join('; ');
}

/** Lines that are drawn over themselves and leave no trace. */
function terminalBoard({ streams: { stderr }, clock, flags }: Context) {
  if (flags.quiet || !stderr.isTTY) return undefined;
  const began = clock.now();
  const active = new Map<string, { loaded: number; total: number; since: number }>();
  const sum = { loaded: 0, total: 0 };
  let drawn = 0;
  let lines = 0;
  const wipe = () => (lines === 0 ? '' : `\u001b[${lines}A\u001b[J`);
  const draw = async (now: number) => {
    drawn = now;
    const columns = stderr.columns ?? 80;
    const under = [...active]
      .slice(0, mostLines)
      .map(([path, { loaded, total, since }]) =>
        progressLine(path, loaded, total, { elapsed: Math.max(1, now - since), columns }),
      );
    const loaded = [...active.values()].reduce((all, file) => all + file.loaded, sum.loaded);
    const whole = progressLine('total', loaded, sum.total, { elapsed: now - began, columns });
    const text = `${wipe()}${[...under, whole].join('\n')}\n`;
    lines = under.length + 1;
    await stderr.write(text);
  };
  return {
    async show(event: TransferEvent) {
      const now = clock.now();
      if (event.type === 'planned') sum.total += event.size;
      if (event.type === 'started') active.set(event.path, { loaded: 0, total: event.size, since: now });
      const file = 'path' in event ? active.get(event.path) : undefined;
      if (event.type === 'progress' && file !== undefined) file.loaded = event.loaded;
      if (event.type === 'done') sum.loaded += event.size;
      if (event.type === 'done' || event.type === 'failed') active.delete(event.path);
      if (now - began >= patience && now - drawn >= interval) await draw(now);
    },
    async end() {
      const text = wipe();
      lines = 0;
      if (text !== '') await stderr.write(text).catch(() => undefined);
    },
  };
}
