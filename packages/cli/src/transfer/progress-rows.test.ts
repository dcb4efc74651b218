import type { TransferEvent } from 'onedrive-kit/drive';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../output/display-width.ts';
import { progressRows, progressText } from './progress-rows.ts';
import { transferBoard } from './terminal-board.ts';
import { transferState } from './transfer-state.ts';

const MiB = 1024 * 1024;

/** After 10 seconds: one file done, two active, one planned, at 1 MiB/s. */
function running(listed: boolean) {
  const state = transferState(0);
  const events: [number, TransferEvent][] = [
    [0, { type: 'planned', path: 'a.bin', size: 4 * MiB }],
    [0, { type: 'planned', path: 'Fotos/日本の写真アルバム.jpg', size: 8 * MiB }],
    [0, { type: 'planned', path: 'c.bin', size: 12 * MiB }],
    [0, { type: 'planned', path: 'd.bin', size: 16 * MiB }],
    [0, { type: 'started', path: 'a.bin', size: 4 * MiB }],
    [0, { type: 'progress', path: 'a.bin', loaded: 0, total: 4 * MiB }],
    [
      5000,
      {
        type: 'done',
        path: 'a.bin',
        size: 4 * MiB,
        verdict: 'verified',
        hash: undefined,
        item: { id: '1', name: 'a.bin' },
      },
    ],
    [5000, { type: 'started', path: 'Fotos/日本の写真アルバム.jpg', size: 8 * MiB }],
    [5000, { type: 'progress', path: 'Fotos/日本の写真アルバム.jpg', loaded: 0, total: 8 * MiB }],
    [5000, { type: 'started', path: 'c.bin', size: 12 * MiB }],
    [5000, { type: 'progress', path: 'c.bin', loaded: 0, total: 12 * MiB }],
    [10000, { type: 'progress', path: 'Fotos/日本の写真アルバム.jpg', loaded: 6 * MiB, total: 8 * MiB }],
  ];
  for (const [at, event] of events) state.apply(event, at);
  if (listed) state.apply({ type: 'listed' }, 10000);
  return state;
}

const rows = (columns: number, { listed = true, colors = false, single = false } = {}) => {
  const state = running(listed);
  return progressRows(state.active(), state.totals(10000), { columns, colors, single });
};

describe('rows on a terminal', () => {
  test('show a bar for each active file and the total with files, bytes, rate and time left', () => {
    expect(rows(100)).toEqual([
      expect.stringMatching(/^Fotos\/日本の写真アルバム\.jpg {9}━{23}─{7} {3}75% {2}6\.0M\/8\.0M$/),
      expect.stringMatching(/^c\.bin {32}─{30} {4}0% {2}0\.0B\/12\.0M$/),
      expect.stringMatching(/^1\/4 files +━+─+ {3}25% {2}10\.0M\/40\.0M {2}1\.0M\/s {2}30s left$/),
    ]);
  });

  test('say whether the source is still being read', () => {
    expect(rows(100, { listed: false }).at(-1)).toMatch(/^1\/4\+ files .* 30s\+ left {2}listing$/);
  });

  test.each([40, 41, 60, 80, 81, 120, 250])('stay left of the last of %i columns', (columns) => {
    for (const listed of [true, false])
      for (const row of rows(columns, { listed })) expect(displayWidth(row), row).toBeLessThan(columns);
  });

  test('show the same figures in 40 columns, in two rows for the total', () => {
    const narrow = rows(40, { listed: false }).join('\n');
    for (const figure of [
      '75%',
      '6.0M/8.0M',
      '1/4+ files',
      '25%',
      '10.0M/40.0M',
      '1.0M/s',
      '30s+ left',
      'listing',
    ])
      expect(narrow).toContain(figure);
  });

  test('have colors only where they are wanted, and the same text', () => {
    const colored = rows(100, { colors: true });
    expect(colored[0]).toContain('\u001b[32m━');
    expect(colored.map((row) => row.replace(/\u001b\[\d+m/g, ''))).toEqual(rows(100));
  });

  test('a single file has one row with rate and time left', () => {
    const [row] = rows(100, { single: true });
    expect(row).toMatch(/75% {2}6\.0M\/8\.0M {2}1\.0M\/s {2}2s left$/);
  });

  test('more files than rows are counted', () => {
    const many = Array.from({ length: 11 }, (_, at) => ({ path: `${at}`, loaded: 0, total: 1 }));
    const state = running(true);
    expect(progressRows(many, state.totals(10000), { columns: 80, colors: false, single: false })).toContain(
      'and 3 more files',
    );
  });
});

describe('the state of a transfer', () => {
  test('bytes of an earlier run do not raise the rate', () => {
    const state = transferState(0);
    state.apply({ type: 'planned', path: 'a', size: 100 * MiB }, 0);
    state.apply({ type: 'started', path: 'a', size: 100 * MiB }, 0);
    state.apply({ type: 'progress', path: 'a', loaded: 90 * MiB, total: 100 * MiB }, 0);
    state.apply({ type: 'progress', path: 'a', loaded: 91 * MiB, total: 100 * MiB }, 1000);
    expect(state.totals(1000)).toMatchObject({ rate: MiB, secondsLeft: 9 });
  });

  test('a failed file counts as finished and no longer as known bytes', () => {
    const state = running(true);
    state.apply({ type: 'failed', path: 'c.bin', error: new Error('x') }, 10000);
    expect(state.totals(10000)).toMatchObject({ files: 2, knownFiles: 4, knownBytes: 28 * MiB });
  });
});

describe('without a terminal', () => {
  const board = (env: Readonly<Record<string, string>>, isTTY: boolean, quiet = false) => {
    let now = 0;
    const written: string[] = [];
    const stderr = {
      isTTY,
      columns: 80,
      write: async (text: string | Uint8Array) => void written.push(String(text)),
    };
    const context = {
      streams: { stderr },
      clock: { now: () => now, sleep: async () => {} },
      flags: { quiet },
      env,
    };
    return {
      written,
      board: transferBoard(context as unknown as Parameters<typeof transferBoard>[0], { single: false }),
      pass: (ms: number) => (now += ms),
    };
  };

  test('one line is written every 30 seconds', async () => {
    const { board: lines, written, pass } = board({}, false);
    await lines?.show({ type: 'planned', path: 'a', size: 4 * MiB });
    await lines?.show({ type: 'started', path: 'a', size: 4 * MiB });
    await lines?.show({ type: 'progress', path: 'a', loaded: 0, total: 4 * MiB });
    pass(29_999);
    await lines?.show({ type: 'progress', path: 'a', loaded: MiB, total: 4 * MiB });
    expect(written).toEqual([]);
    pass(1);
    await lines?.show({ type: 'progress', path: 'a', loaded: 2 * MiB, total: 4 * MiB });
    await lines?.show({ type: 'progress', path: 'a', loaded: 3 * MiB, total: 4 * MiB });
    expect(written).toEqual([
      expect.stringMatching(/^0 of 1 or more files, 2\.0M of 4\.0M \(50%\), .*still listing\n$/),
    ]);
  });

  test('a dumb terminal gets lines too, and --quiet nothing', async () => {
    const dumb = board({ TERM: 'dumb' }, true);
    dumb.pass(30_000);
    await dumb.board?.show({ type: 'listed' });
    expect(dumb.written.join('')).not.toContain('\u001b');
    expect(board({}, true, true).board).toBeUndefined();
  });

  test('the text of a line has what the rows have', () => {
    expect(progressText(running(true).totals(10000))).toBe(
      '1 of 4 files, 10.0M of 40.0M (25%), 1.0M/s, 30s left',
    );
  });
});
