/** Shows running transfers on a terminal: a line for each active file and one for the total, redrawn in place. */
import type { TransferEvent } from 'onedrive-kit/drive';
import type { Context } from '../context.ts';
import { progressLine } from '../output/progress.ts';

/** Time in milliseconds before the first drawing, and between redraws. */
const delayMs = 500;
const intervalMs = 100;
/** Maximum number of files shown. */
const maxFiles = 8;

export interface TerminalBoard {
  show(event: TransferEvent): Promise<void>;
  /** Erases the lines. */
  end(): Promise<void>;
}

/** Lines that are redrawn in place and erased at the end; undefined without a terminal. */
export function terminalBoard({
  streams: { stderr },
  clock,
  flags,
}: Pick<Context, 'streams' | 'clock' | 'flags'>): TerminalBoard | undefined {
  if (flags.quiet || !stderr.isTTY) return undefined;
  const began = clock.now();
  const active = new Map<string, { loaded: number; total: number | undefined; since: number }>();
  const sum = { loaded: 0, total: 0 };
  let drawn = 0;
  let lines = 0;
  const alone = () => sum.total === 0 && active.size > 0;
  const wipe = () => (lines === 0 ? '' : `\u001b[${lines}A\u001b[J`);
  const draw = async (now: number) => {
    drawn = now;
    const columns = stderr.columns ?? 80;
    const under = [...active]
      .slice(0, maxFiles)
      .map(([path, { loaded, total, since }]) =>
        progressLine(path, loaded, total, { elapsed: Math.max(1, now - since), columns }),
      );
    const loaded = [...active.values()].reduce((all, file) => all + file.loaded, sum.loaded);
    // With a single file, its line is the total.
    const whole = alone()
      ? []
      : [progressLine('total', loaded, sum.total, { elapsed: now - began, columns })];
    const text = `${wipe()}${[...under, ...whole].join('\n')}\n`;
    lines = under.length + whole.length;
    await stderr.write(text);
  };
  return {
    async show(event: TransferEvent) {
      const now = clock.now();
      if (event.type === 'planned') sum.total += event.size;
      if (event.type === 'started') active.set(event.path, { loaded: 0, total: event.size, since: now });
      const file = 'path' in event ? active.get(event.path) : undefined;
      if (event.type === 'progress' && file !== undefined)
        Object.assign(file, { loaded: event.loaded, total: event.total ?? file.total });
      if (event.type === 'done') sum.loaded += event.size;
      if (event.type === 'done' || event.type === 'failed') active.delete(event.path);
      if (now - began >= delayMs && now - drawn >= intervalMs) await draw(now);
    },
    async end() {
      const text = wipe();
      lines = 0;
      if (text !== '') await stderr.write(text).catch(() => undefined);
    },
  };
}
