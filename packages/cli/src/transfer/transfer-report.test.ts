import { emptySummary, type TransferEvent } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { addEvent } from 'onedrive-kit/internal/drive/transfer/tree/events';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { transferReport } from './transfer-report.ts';

/** What a report of these events writes. */
async function reported(
  events: readonly TransferEvent[],
  flags: Partial<Context['flags']> = {},
  dryRun = false,
) {
  const wrote = { out: '', err: '', results: [] as unknown[] };
  const context = {
    flags: { json: false, debug: false, ...flags },
    streams: {
      stdout: { write: async (text: string) => void (wrote.out += text) },
      stderr: { write: async (text: string) => void (wrote.err += text) },
    },
    note: async (line: string) => void (wrote.err += `${line}\n`),
    result: async (value: unknown) => void wrote.results.push(JSON.parse(JSON.stringify(value))),
    print: async (value: unknown) => void wrote.results.push(value),
  } as unknown as Context;
  const report = transferReport(context, { progress: 'none', dryRun, verb: 'downloaded' });
  for (const event of events) await report.add(event);
  await report.add({ type: 'summary', ...events.reduce(addEvent, emptySummary) });
  const status = await report.end();
  return { ...wrote, status };
}

const failed = (path: string, code: 'access-denied' | 'local-file' = 'access-denied'): TransferEvent => ({
  ...{ type: 'failed', path, error: new OneDriveError(code, 'Refused.') },
});
const notebook = { type: 'omitted', path: 'N', reason: 'package', message: 'it is a notebook' } as const;
const link = { type: 'omitted', path: 'L', reason: 'symlink', message: 'it is a symbolic link' } as const;
const filtered = { type: 'omitted', path: 'F', reason: 'filter', message: 'excluded' } as const;

describe('the report of a transfer', () => {
  it('ends with the status of a failure, whatever was left out', async () => {
    expect((await reported([failed('a'), notebook])).status).toBe(13);
    expect((await reported([failed('a'), failed('b', 'local-file')])).status).toBe(1);
  });

  it('ends with 14 when something cannot be transferred, and with 0 for links and the filters of the user', async () => {
    expect((await reported([notebook, link, filtered])).status).toBe(14);
    expect((await reported([link, filtered])).status).toBe(0);
    expect((await reported([])).status).toBe(0);
  });

  it('names failures and omissions with their reasons, and counts what the filters exclude', async () => {
    const { err } = await reported([failed(''), notebook, link, filtered]);
    expect(err).toContain('failed: .: Refused.\n');
    expect(err).toContain('omitted: N: it is a notebook\nomitted: L: it is a symbolic link\n');
    expect(err).not.toContain('omitted: F');
    expect(err).toContain('3 omitted (1 package, 1 symlink, 1 filter); 1 failed');
  });

  it('is one JSON result and a JSON error for each failure with --json', async () => {
    const { err, results } = await reported([failed('a/b'), notebook, filtered], { json: true });
    expect(results).toMatchObject([
      {
        summary: { failed: 1, omitted: 2, omissions: { package: 1, filter: 1 } },
        failed: [{ path: 'a/b', error: { code: 'access-denied' } }],
        omitted: [{ path: 'N', reason: 'package', message: 'it is a notebook' }],
      },
    ]);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'access-denied', path: 'a/b', exitCode: 13 } });
    const incomplete = await reported([notebook], { json: true });
    expect(JSON.parse(incomplete.err)).toMatchObject({ error: { code: 'incomplete', exitCode: 14 } });
  });

  it('lists omissions in the plan of a dry run', async () => {
    const planned = { type: 'planned', path: 'a', size: 1 } as const;
    const { results } = await reported([planned, notebook], { json: true }, true);
    expect(results).toEqual([
      [
        { action: 'download', object: 'a', size: 1 },
        { action: 'omit', object: 'N', reason: 'package', message: 'it is a notebook' },
      ],
    ]);
  });
});
