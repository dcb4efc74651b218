import { describe, expect, it } from 'vitest';
import { toHar } from './har.ts';
import { type LogEntry, requestLog } from './request-log.ts';

const entry: Omit<LogEntry, 'id'> = {
  time: 1_700_000_000_000,
  ms: 3,
  method: 'GET',
  url: 'http://127.0.0.1/_content/s3cret-blob?tempauth=s3cret&a=1',
  status: 302,
  units: 1,
  requestHeaders: { authorization: 'Bearer s3cret', accept: '*/*' },
  responseHeaders: { Location: 'http://127.0.0.1/_content/s3cret' },
  faults: [],
};

describe('the request log', () => {
  it('contains no secret, as entries or as an archive', () => {
    const log = requestLog();
    log.add(entry);
    expect(JSON.stringify([log.entries(), toHar(log.entries(), '0')])).not.toContain('s3cret');
    expect(log.entries()[0]?.url).toBe('http://127.0.0.1/_content/***?tempauth=***&a=1');
  });

  it('keeps the newest entries up to its capacity and counts them all', () => {
    const log = requestLog(3);
    for (let at = 0; at < 10; at += 1) log.add(entry);
    expect(log.entries().map(({ id }) => id)).toEqual([8, 9, 10]);
    expect(log.entries(9).map(({ id }) => id)).toEqual([10]);
    expect(log.counters()).toMatchObject({
      requests: 10,
      units: 10,
      statuses: { 302: 10 },
      methods: { GET: 10 },
    });
  });

  it('counts a request without a response as broken', () => {
    const log = requestLog();
    log.add({ ...entry, status: undefined, faults: ['reset'] });
    expect(log.counters()).toMatchObject({ faults: 1, statuses: { broken: 1 } });
  });

  it('writes an archive with every field that the format requires', () => {
    const log = requestLog();
    log.add(entry);
    const har = toHar(log.entries(), '1.0.0') as { log: { entries: Record<string, unknown>[] } };
    expect(Object.keys(har.log.entries[0] ?? {}).sort()).toEqual([
      'cache',
      'request',
      'response',
      'startedDateTime',
      'time',
      'timings',
    ]);
  });
});
