/** The terminal while transfers run: a line for each active file and one for all of them, drawn over themselves. */
import type { TransferEvent } from 'onedrive-kit/drive';
import type { Context } from '../context.ts';
import { progressLine } from '../output/progress.ts';

/** Milliseconds before anything is drawn, and between two drawings. */
const patience = 500;
const interval = 100;
/** Files that are shown at a time. */
const mostLines = 8;

export interface TerminalBoard {
  show(event: TransferEvent): Promise<void>;
  /** Wipes what was drawn. */
  end(): Promise<void>;
}

/** Lines that are drawn over themselves and leave no trace; undefined where there is no terminal to draw on. */
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
      .slice(0, mostLines)
      .map(([path, { loaded, total, since }]) =>
        progressLine(path, loaded, total, { elapsed: Math.max(1, now - since), columns }),
      );
    const loaded = [...active.values()].reduce((all, file) => all + file.loaded, sum.loaded);
    // One file alone is its own total.
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
      if (now - began >= patience && now - drawn >= interval) await draw(now);
    },
    async end() {
      const text = wipe();
      lines = 0;
      if (text !== '') await stderr.write(text).catch(() => undefined);
    },
  };
}
