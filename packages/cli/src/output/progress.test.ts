import { expect, test } from 'vitest';
import { progressBar, progressLine } from './progress.ts';

const world = (isTTY: boolean) => {
  let now = 0;
  const written: string[] = [];
  const stderr = {
    isTTY,
    columns: 60,
    write: async (text: string | Uint8Array) => void written.push(String(text)),
  };
  const clock = { now: () => now, sleep: async () => {} };
  return { stderr, clock, written, pass: (ms: number) => (now += ms) };
};

test('a transfer that takes less than a second shows no bar', async () => {
  const { pass, written, ...rest } = world(true);
  const bar = progressBar({ ...rest, quiet: false, label: 'a' });
  bar.update(0, 10);
  pass(999);
  bar.update(10, 10);
  await bar.end();
  expect(written).toEqual([]);
});

test('a bar that was drawn is wiped at the end', async () => {
  const { pass, written, ...rest } = world(true);
  const bar = progressBar({ ...rest, quiet: false, label: 'a.iso' });
  pass(2000);
  bar.update(1024, 4096);
  bar.update(1025, 4096);
  await bar.end();
  expect(written).toEqual([
    '\r\u001b[Ka.iso         ━━───────   25%  1.0K/4.0K  512.0B/s  6s left',
    '\r\u001b[K',
  ]);
});

test.each([
  ['no terminal', false, false],
  ['--quiet', true, true],
])('with %s nothing is drawn', async (_, isTTY, quiet) => {
  const { pass, written, ...rest } = world(isTTY);
  const bar = progressBar({ ...rest, quiet, label: 'a' });
  pass(5000);
  bar.update(1, 2);
  await bar.end();
  expect(written).toEqual([]);
});

test('the line never reaches the last column, and a long name loses its beginning', () => {
  const line = progressLine('x'.repeat(200), 1, undefined, { elapsed: 1000, columns: 40 });
  expect(line.length).toBeLessThan(40);
  expect(line).toMatch(/^…x+ {2}1\.0B {2}1\.0B\/s$/);
});
