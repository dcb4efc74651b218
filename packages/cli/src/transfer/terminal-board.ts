/**
 * Shows running transfers on stderr: on a terminal, rows that are redrawn in place and erased at the end; elsewhere one
 * line every 30 seconds.
 */
import type { TransferEvent } from 'onedrive-kit/drive';
import type { Context } from '../context.ts';
import { terminalOf } from '../output/styled.ts';
import { progressRows, progressText } from './progress-rows.ts';
import { type TransferState, transferState } from './transfer-state.ts';

/** Time in milliseconds before the first drawing, and between redraws. */
const delayMs = 500;
const intervalMs = 100;
/** Time in milliseconds between lines where there is no terminal. */
const lineIntervalMs = 30_000;

export interface TransferBoard {
  show(event: TransferEvent): Promise<void>;
  /** Erases the rows. */
  end(): Promise<void>;
}

type BoardContext = Pick<Context, 'streams' | 'clock' | 'flags' | 'env'>;

/** @param single a transfer of one file: no row for the total. Undefined with `--quiet`. */
export function transferBoard(
  context: BoardContext,
  { single }: { readonly single: boolean },
): TransferBoard | undefined {
  const { streams, flags, clock, env } = context;
  if (flags.quiet) return undefined;
  const state = transferState(clock.now());
  return streams.stderr.isTTY && env['TERM'] !== 'dumb'
    ? rowBoard(context, state, single)
    : lineBoard(context, state);
}

function rowBoard(
  { streams: { stderr }, clock, env }: BoardContext,
  state: TransferState,
  single: boolean,
): TransferBoard {
  const startedAt = clock.now();
  const { colors } = terminalOf(stderr.isTTY, env);
  let drawnAt = 0;
  let height = 0;
  const wipe = () => (height === 0 ? '' : `\u001b[${height}A\u001b[J`);
  return {
    async show(event) {
      const now = clock.now();
      state.apply(event, now);
      if (now - startedAt < delayMs || now - drawnAt < intervalMs) return;
      drawnAt = now;
      const style = { columns: stderr.columns ?? 80, colors, single };
      const rows = progressRows(state.active(), state.totals(now), style);
      const text = wipe() + rows.map((row) => `${row}\n`).join('');
      height = rows.length;
      await stderr.write(text);
    },
    async end() {
      const text = wipe();
      height = 0;
      if (text !== '') await stderr.write(text).catch(() => undefined);
    },
  };
}

function lineBoard({ streams: { stderr }, clock }: BoardContext, state: TransferState): TransferBoard {
  let writtenAt = clock.now();
  return {
    async show(event) {
      const now = clock.now();
      state.apply(event, now);
      if (now - writtenAt < lineIntervalMs) return;
      writtenAt = now;
      await stderr.write(`${progressText(state.totals(now))}\n`);
    },
    async end() {},
  };
}
