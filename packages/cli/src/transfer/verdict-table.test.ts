import { emptySummary } from 'onedrive-kit/drive';
import { expect, test } from 'vitest';
import { totalText, verdictSizes, verdictTable } from './verdict-table.ts';

const item = { id: '1', name: 'a' };
const done = { type: 'done', path: 'a', hash: undefined, item } as const;

test('each result that occurred has a row with its files and bytes', () => {
  const sizes = verdictSizes();
  sizes.add({ ...done, size: 1024, verdict: 'verified' });
  sizes.add({ ...done, size: 1024, verdict: 'verified' });
  sizes.add({ ...done, size: 5, verdict: 'rewritten' });
  const summary = {
    ...emptySummary,
    ...{ files: 3, bytes: 2053, elapsed: 2000, skipped: 1, omitted: 2, failed: 1, omissions: { symlink: 2 } },
    verdicts: { ...emptySummary.verdicts, verified: 2, rewritten: 1 },
  };
  expect([totalText(summary, 'uploaded'), ...verdictTable(summary, sizes)]).toEqual([
    '3 files uploaded (2.0K in 2.0s, 1.0K/s)',
    '  verified by hash               2 files      2.0K',
    '  rewritten by the service        1 file      5.0B',
    '  skipped: already there          1 file',
    '  omitted: symlink               2 files',
    '  failed                          1 file',
  ]);
});

test('a transfer of nothing has no rows', () => {
  expect(verdictTable(emptySummary, verdictSizes())).toEqual([]);
});
