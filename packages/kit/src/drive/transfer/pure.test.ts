import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { quickXorHash } from '../../hash/index.ts';
import type { ProviderCapabilities } from '../provider/provider.ts';
import { bufferedWriter } from './buffered-writer.ts';
import { parseByteRange, spanOf } from './byte-range.ts';
import { afterBreak, maxFailures } from './download-retry.ts';
import { firstExpected } from './expected-ranges.ts';
import { nextFragmentSize } from './fragment-size.ts';
import { runningHash } from './running-hash.ts';
import { planUpload } from './upload-plan.ts';
import { verdictOf } from './verify.ts';

const capabilities: ProviderCapabilities = {
  name: 'test',
  putLimit: 4 << 20,
  fragmentUnit: 320 << 10,
  fragmentLimit: 60 << 20,
  copiesFolders: true,
  keepsTimes: true,
};

describe('upload plan', () => {
  it('empty and small content is sent in one request, larger content through a session', () => {
    expect(planUpload(0, capabilities)).toEqual({ kind: 'put' });
    expect(planUpload(4 << 20, capabilities)).toEqual({ kind: 'put' });
    const large = planUpload((4 << 20) + 1, capabilities);
    expect(large).toMatchObject({ kind: 'session', fragmentSize: 10 << 20 });
  });

  it('every fragment size is a multiple of 320 KiB below 60 MiB, whatever size is requested', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (size, requested) => {
        const plan = planUpload(size + (5 << 20), capabilities, requested);
        if (plan.kind !== 'session') throw new Error('no session');
        expect(plan.fragmentSize % (320 << 10)).toBe(0);
        expect(plan.fragmentSize).toBeGreaterThan(0);
        expect(plan.fragmentSize).toBeLessThan(60 << 20);
      }),
    );
  });
});

describe('the size of the next fragment', () => {
  const bounds = { unit: 320 << 10, max: 59 * (1 << 20) + (704 << 10) };

  it('grows while fragments are fast, shrinks when they are slow or fail', () => {
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 1900 }, bounds)).toBe(20 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 500 }, bounds)).toBe(40 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 0 }, bounds)).toBe(bounds.max);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 5000 }, bounds)).toBe(10 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 30_000 }, bounds)).toBe(5 << 20);
    expect(nextFragmentSize(10 << 20, { ok: false, ms: 10 }, bounds)).toBe(5 << 20);
  });

  it('is always a size that the wire allows', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (size, ms, ok) => {
        const next = nextFragmentSize(size, { ok, ms }, bounds);
        expect(next % bounds.unit).toBe(0);
        expect(next).toBeGreaterThanOrEqual(bounds.unit);
        expect(next).toBeLessThan(60 << 20);
      }),
    );
  });
});

describe('expected ranges', () => {
  it.each([
    [['0-'], 10, { start: 0, end: 10 }],
    [['26-'], 100, { start: 26, end: 100 }],
    [['12-20', '5-7'], 100, { start: 5, end: 8 }],
    [[], 10, { start: 10, end: 10 }],
    [['10-'], 10, { start: 10, end: 10 }],
    [['11-'], 10, undefined],
    [['x'], 10, undefined],
    [['7-5'], 10, undefined],
  ])('%j of %i bytes start with %j', (ranges, total, span) => {
    expect(firstExpected(ranges, total)).toEqual(span);
  });

  it('the lowest missing byte is chosen, whatever the order', () => {
    const spans = fc.uniqueArray(fc.nat({ max: 98 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(spans, (starts) => {
        expect(
          firstExpected(
            starts.map((at) => `${at}-${at + 1}`),
            100,
          )?.start,
        ).toBe(Math.min(...starts));
      }),
    );
  });
});

describe('byte ranges', () => {
  it.each([
    ['0-499', 1000, [0, 500]],
    ['500-', 1000, [500, 1000]],
    ['-500', 1000, [500, 1000]],
    ['-5000', 1000, [0, 1000]],
    ['0-5000', 1000, [0, 1000]],
    ['999-999', 1000, [999, 1000]],
  ])('%s of %i', (text, size, [start, end]) => {
    expect(spanOf(parseByteRange(text), size)).toEqual({ start, end });
  });

  it.each(['', '-', '5', '9-5', 'a-b', '1-2-3', '1.5-2'])('%j is not a range', (text) => {
    expect(() => parseByteRange(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['1000-', 1000],
    ['-0', 10],
    ['0-', 0],
  ])('%s of %i bytes is an empty range', (text, size) => {
    expect(() => spanOf(parseByteRange(text), size)).toThrow(expect.objectContaining({ code: 'range' }));
  });

  it('a span is within the file', () => {
    const range = fc.oneof(
      fc.record({ suffix: fc.nat() }),
      fc.tuple(fc.nat(), fc.nat()).map(([first, length]) => ({ first, last: first + length })),
    );
    fc.assert(
      fc.property(range, fc.nat(), (byteRange, size) => {
        let span: { start: number; end: number };
        try {
          span = spanOf(byteRange, size);
        } catch {
          return;
        }
        expect(0 <= span.start && span.start < span.end && span.end <= size).toBe(true);
      }),
    );
  });
});

describe('verdict', () => {
  const item = (facts: object): DriveItem => ({ id: 'x', name: 'a.bin', ...facts });
  const content = { size: 3, hash: 'YRDDGAAAAAAAAAAAAwAAAAAAAAA=' };
  const file = { hashes: { quickXorHash: content.hash } };

  it('the same size and hash is verified; without a hash it is size-only', () => {
    expect(verdictOf(content, item({ size: 3, file }))).toBe('verified');
    expect(verdictOf(content, item({ size: 3, file: {} }))).toBe('size-only');
    expect(verdictOf(content, item({ size: 3 }))).toBe('size-only');
  });

  it('a hash that matches outweighs the listed size, which is wrong for some photos', () => {
    expect(verdictOf(content, item({ size: 2003, file }))).toBe('verified');
  });

  it('another hash, or another size without a hash, is a mismatch', () => {
    expect(verdictOf(content, item({ size: 4, file: {} }))).toBe('mismatch');
    expect(verdictOf({ ...content, hash: 'x' }, item({ size: 3, file }))).toBe('mismatch');
  });

  it('an Office file may have been rewritten by the service in a business drive, but not in a personal one', () => {
    const office = { name: 'a.docx', size: 9, file: { hashes: { quickXorHash: 'x' } } };
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'business' } }))).toBe(
      'rewritten',
    );
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'personal' } }))).toBe(
      'mismatch',
    );
  });

  it('the hash of empty content is ignored for a file that is not empty', () => {
    const zero = { hashes: { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } };
    expect(verdictOf(content, item({ size: 3, file: zero }))).toBe('size-only');
    expect(verdictOf({ size: 0, hash: zero.hashes.quickXorHash }, item({ size: 0, file: zero }))).toBe(
      'verified',
    );
  });
});

describe('the running hash', () => {
  it('bytes that are sent twice are hashed once, however they are divided', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, at) => at * 7);
    const whole = quickXorHash();
    whole.update(bytes);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 100 }))), (sends) => {
        const hash = runningHash();
        for (const [back, length] of sends) {
          const start = Math.max(0, hash.position - back);
          hash.add(start, bytes.subarray(start, start + length));
        }
        hash.add(hash.position, bytes.subarray(hash.position));
        expect(hash.digest()).toBe(whole.digest());
      }),
    );
  });

  it('a gap is a programming error', () => {
    expect(() => runningHash().add(1, new Uint8Array(1))).toThrow(RangeError);
  });
});

describe('a download after a failure', () => {
  const progress = { hasWritten: true, isRestartable: true, failures: 0 };
  const broken = { code: 'network', status: undefined, codes: [], retryAfterMs: undefined } as const;

  it('continues where the connection failed', () => {
    expect(afterBreak(broken, progress)).toEqual({ kind: 'retry', wait: 0 });
  });

  it.each([401, 403, 404, 410])('renews the URL after status %i', (status) => {
    expect(afterBreak({ ...broken, code: 'access-denied', status }, progress).kind).toBe('renew');
  });

  it('starts over if the content changed, unless bytes were written that cannot be taken back', () => {
    const changed = { ...broken, code: 'precondition', status: 412 } as const;
    expect(afterBreak(changed, progress).kind).toBe('restart');
    expect(afterBreak(changed, { ...progress, isRestartable: false }).kind).toBe('fail');
  });

  it('fails after a bounded number of failures without a byte, whatever they are', () => {
    for (const status of [undefined, 401, 412, 416, 500, 503]) {
      expect(afterBreak({ ...broken, status }, { ...progress, failures: maxFailures }).kind).toBe('fail');
    }
  });

  it('is not retried after malware or a full disk', () => {
    expect(
      afterBreak({ ...broken, code: 'access-denied', status: 403, codes: ['malwareDetected'] }, progress)
        .kind,
    ).toBe('fail');
    expect(afterBreak({ ...broken, code: 'local-file' }, progress).kind).toBe('fail');
  });
});

describe('the buffered writer', () => {
  it('writes all bytes in order, in large buffers', async () => {
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, at) => at * 31);
    const written: Uint8Array[] = [];
    const writer = bufferedWriter(async (piece) => {
      await Promise.resolve();
      written.push(piece.slice());
    });
    const shared = new Uint8Array(65_537);
    for (let at = 0; at < bytes.length; at += 65_537) {
      const chunk = bytes.subarray(at, at + 65_537);
      shared.set(chunk);
      await writer.push(shared.subarray(0, chunk.length));
    }
    await writer.flush();
    await writer.release();
    expect(Buffer.concat(written).equals(bytes)).toBe(true);
    expect(written.map((piece) => piece.length).slice(0, -1)).toEqual(written.slice(1).map(() => 1 << 20));
  });

  it('reports a failed write', async () => {
    const writer = bufferedWriter(async () => {
      throw new Error('disk full');
    });
    await writer.push(new Uint8Array(10));
    await expect(writer.flush()).rejects.toThrow('disk full');
    await writer.release();
  });
});
