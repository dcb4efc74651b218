import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriveItem } from '../../graph/types/index.ts';
import { quickXorHash } from '../../hash/index.ts';
import type { ProviderCapabilities } from '../provider/provider.ts';
import { parseByteRange, spanOf } from './byte-range.ts';
import { afterBreak, mostStrikes } from './download-state.ts';
import { firstExpected } from './expected-ranges.ts';
import { nextFragmentSize } from './fragment-size.ts';
import { gatherWriter } from './gather-writer.ts';
import { hashOnTheWay } from './hash-on-the-way.ts';
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
  it('nothing and little goes in one request, more through a session', () => {
    expect(planUpload(0, capabilities)).toEqual({ kind: 'put' });
    expect(planUpload(4 << 20, capabilities)).toEqual({ kind: 'put' });
    const large = planUpload((4 << 20) + 1, capabilities);
    expect(large).toMatchObject({ kind: 'session', fragmentSize: 10 << 20 });
  });

  it('every fragment size is a multiple of 320 KiB below 60 MiB, whatever is wanted', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (size, wanted) => {
        const plan = planUpload(size + (5 << 20), capabilities, wanted);
        if (plan.kind !== 'session') throw new Error('no session');
        expect(plan.fragmentSize % (320 << 10)).toBe(0);
        expect(plan.fragmentSize).toBeGreaterThan(0);
        expect(plan.fragmentSize).toBeLessThan(60 << 20);
      }),
    );
  });
});

describe('the size of the next fragment', () => {
  const bounds = { unit: 320 << 10, most: 59 * (1 << 20) + (704 << 10) };

  it('grows while fragments are quick, shrinks when they are slow or break', () => {
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 1900 }, bounds)).toBe(20 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 500 }, bounds)).toBe(40 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 0 }, bounds)).toBe(bounds.most);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 5000 }, bounds)).toBe(10 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 30_000 }, bounds)).toBe(5 << 20);
    expect(nextFragmentSize(10 << 20, { ok: false, ms: 10 }, bounds)).toBe(5 << 20);
  });

  it('is always what the wire allows', () => {
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
  ])('%j of %i bytes is %j', (ranges, total, span) => {
    expect(firstExpected(ranges, total)).toEqual(span);
  });

  it('the lowest missing byte is found, whatever the order', () => {
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

  it.each(['', '-', '5', '9-5', 'a-b', '1-2-3', '1.5-2'])('%j is no range', (text) => {
    expect(() => parseByteRange(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['1000-', 1000],
    ['-0', 10],
    ['0-', 0],
  ])('%s of %i bytes is none at all', (text, size) => {
    expect(() => spanOf(parseByteRange(text), size)).toThrow(expect.objectContaining({ code: 'range' }));
  });

  it('a span lies inside the file', () => {
    const range = fc.oneof(
      fc.record({ suffix: fc.nat() }),
      fc.tuple(fc.nat(), fc.nat()).map(([first, more]) => ({ first, last: first + more })),
    );
    fc.assert(
      fc.property(range, fc.nat(), (wanted, size) => {
        let span: { start: number; end: number };
        try {
          span = spanOf(wanted, size);
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

  it('the same size and hash is verified; without a hash it is the size only', () => {
    expect(verdictOf(content, item({ size: 3, file }))).toBe('verified');
    expect(verdictOf(content, item({ size: 3, file: {} }))).toBe('size-only');
    expect(verdictOf(content, item({ size: 3 }))).toBe('size-only');
  });

  it('a hash that matches outweighs the listed size, which is wrong for some photos', () => {
    expect(verdictOf(content, item({ size: 2003, file }))).toBe('verified');
  });

  it('another hash, or another size where there is no hash, is a mismatch', () => {
    expect(verdictOf(content, item({ size: 4, file: {} }))).toBe('mismatch');
    expect(verdictOf({ ...content, hash: 'x' }, item({ size: 3, file }))).toBe('mismatch');
  });

  it('an Office file on a business drive may have been rewritten by the service, on a personal one not', () => {
    const office = { name: 'a.docx', size: 9, file: { hashes: { quickXorHash: 'x' } } };
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'business' } }))).toBe(
      'rewritten',
    );
    expect(verdictOf(content, item({ ...office, parentReference: { driveType: 'personal' } }))).toBe(
      'mismatch',
    );
  });

  it('the hash of nothing says nothing about a file that is not empty', () => {
    const zero = { hashes: { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } };
    expect(verdictOf(content, item({ size: 3, file: zero }))).toBe('size-only');
    expect(verdictOf({ size: 0, hash: zero.hashes.quickXorHash }, item({ size: 0, file: zero }))).toBe(
      'verified',
    );
  });
});

describe('the hash on the way', () => {
  it('what is sent twice is hashed once, however it is cut', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, at) => at * 7);
    const whole = quickXorHash();
    whole.update(bytes);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 100 }))), (sends) => {
        const hash = hashOnTheWay();
        for (const [back, length] of sends) {
          const start = Math.max(0, hash.position - back);
          hash.add(start, bytes.subarray(start, start + length));
        }
        hash.add(hash.position, bytes.subarray(hash.position));
        expect(hash.digest()).toBe(whole.digest());
      }),
    );
  });

  it('a gap is a mistake of the program', () => {
    expect(() => hashOnTheWay().add(1, new Uint8Array(1))).toThrow(RangeError);
  });
});

describe('a broken download', () => {
  const at = { begun: true, restartable: true, strikes: 0 };
  const broken = { code: 'network', status: undefined, codes: [], retryAfterMs: undefined } as const;

  it('goes on where the connection broke', () => {
    expect(afterBreak(broken, at)).toEqual({ kind: 'again', wait: 0 });
  });

  it.each([401, 403, 404, 410])('gets a new address when the old one answers %i', (status) => {
    expect(afterBreak({ ...broken, code: 'access-denied', status }, at).kind).toBe('renew');
  });

  it('starts again when the content changed, unless bytes are out that cannot be taken back', () => {
    const changed = { ...broken, code: 'precondition', status: 412 } as const;
    expect(afterBreak(changed, at).kind).toBe('restart');
    expect(afterBreak(changed, { ...at, restartable: false }).kind).toBe('fail');
  });

  it('ends after a bounded number of breaks that brought nothing, whatever they are', () => {
    for (const status of [undefined, 401, 412, 416, 500, 503]) {
      expect(afterBreak({ ...broken, status }, { ...at, strikes: mostStrikes }).kind).toBe('fail');
    }
  });

  it('malware and a full disk are not tried again', () => {
    expect(
      afterBreak({ ...broken, code: 'access-denied', status: 403, codes: ['malwareDetected'] }, at).kind,
    ).toBe('fail');
    expect(afterBreak({ ...broken, code: 'local-file' }, at).kind).toBe('fail');
  });
});

describe('gathering', () => {
  it('pieces come in order, large, and hold all the bytes', async () => {
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, at) => at * 31);
    const got: Uint8Array[] = [];
    const writer = gatherWriter(async (piece) => {
      await Promise.resolve();
      got.push(piece.slice());
    });
    const shared = new Uint8Array(65_537);
    for (let at = 0; at < bytes.length; at += 65_537) {
      const chunk = bytes.subarray(at, at + 65_537);
      shared.set(chunk);
      await writer.push(shared.subarray(0, chunk.length));
    }
    await writer.flush();
    await writer.release();
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    expect(got.map((piece) => piece.length).slice(0, -1)).toEqual(got.slice(1).map(() => 1 << 20));
  });

  it('a failed write is told, not lost', async () => {
    const writer = gatherWriter(async () => {
      throw new Error('disk full');
    });
    await writer.push(new Uint8Array(10));
    await expect(writer.flush()).rejects.toThrow('disk full');
    await writer.release();
  });
});
