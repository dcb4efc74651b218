import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { flipped } from '../../../../../test/embedded/flipped.ts';
import { GraphError, OneDriveError } from '../../errors/index.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from '../../http/transport.ts';
import { bytesSink, type FileSink, streamSink } from './file-sink.ts';

const content = sample(3_000_000);

/** A response that breaks off after `count` bytes. */
function cut(response: HttpResponse, count: number): HttpResponse {
  async function* body() {
    let left = count;
    for await (const chunk of response.body) {
      if (chunk.byteLength > left) {
        if (left > 0) yield chunk.subarray(0, left);
        throw new OneDriveError('network', 'The connection broke.');
      }
      left -= chunk.byteLength;
      yield chunk;
    }
  }
  return { ...response, body: body() };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

type Fault = (request: HttpRequest, next: () => Promise<HttpResponse>) => Promise<HttpResponse>;

/** Applies faults to the reads of content, one each. */
function onContent(...faults: readonly Fault[]): TransportDecorator {
  let at = 0;
  return (inner) => (request) => {
    const isContent = !request.url.includes('/v1.0/');
    const fault = isContent ? faults[at++] : undefined;
    return fault === undefined ? inner(request) : fault(request, () => inner(request));
  };
}

const answer =
  (status: number, headers: Record<string, string> = {}): Fault =>
  async () => ({ status, headers, body: nothing() });
const cutAfter =
  (count: number): Fault =>
  async (_, next) =>
    cut(await next(), count);

async function withFaults(...faults: readonly Fault[]) {
  const embedded = await embeddedDrive({ between: onContent(...faults) });
  await embedded.drive.upload(content, '', { name: 'f.bin' });
  embedded.asked.length = 0;
  return embedded;
}

const same = (bytes: Uint8Array) => Buffer.from(bytes).equals(content);

describe('a download', () => {
  it('takes two requests and is verified by its hash', async () => {
    const { drive, asked } = await withFaults();
    const sink = bytesSink();
    const seen: number[] = [];
    const result = await drive.download('f.bin', sink, { onProgress: ({ loaded }) => seen.push(loaded) });
    expect(result.verdict).toBe('verified');
    expect(same(sink.bytes())).toBe(true);
    expect(asked).toHaveLength(2);
    expect(seen.at(-1)).toBe(content.length);
  });

  it('never sends the token to a download URL', async () => {
    const tokens: (string | undefined)[] = [];
    const { drive } = await withFaults(async (request, next) => {
      tokens.push(request.headers['authorization']);
      return await next();
    });
    await drive.read('f.bin');
    expect(tokens).toEqual([undefined]);
  });

  it('that breaks goes on where it broke, as often as it brings bytes', async () => {
    const ranges: (string | undefined)[] = [];
    const breaking =
      (count: number): Fault =>
      async (request, next) => {
        ranges.push(request.headers['range']);
        return cut(await next(), count);
      };
    const { drive } = await withFaults(...Array.from({ length: 9 }, () => breaking(300_000)));
    expect(same(await drive.read('f.bin'))).toBe(true);
    expect(ranges.slice(0, 3)).toEqual([undefined, 'bytes=300000-', 'bytes=600000-']);
  });

  it('that never brings a byte ends in an error', async () => {
    const { drive } = await withFaults(...Array.from({ length: 50 }, () => cutAfter(0)));
    await expect(drive.read('f.bin')).rejects.toMatchObject({ code: 'network' });
  });

  it('that ends early without an error is not whole', async () => {
    const short: Fault = async (_, next) => {
      const response = await next();
      async function* body() {
        for await (const chunk of response.body) {
          yield chunk.subarray(0, 1000);
          return;
        }
      }
      return { ...response, body: body() };
    };
    const { drive, asked } = await withFaults(short);
    expect(same(await drive.read('f.bin'))).toBe(true);
    expect(asked.length).toBeGreaterThan(2);
  });

  it.each([401, 403, 404, 410])('whose URL has run out (%i) gets a new one in the middle', async (status) => {
    const { drive, asked } = await withFaults(cutAfter(1_000_000), answer(status));
    expect(same(await drive.read('f.bin'))).toBe(true);
    expect(asked.filter((line) => line.includes('/v1.0/'))).toHaveLength(2);
  });

  it('from a server that ignores ranges passes over what it has', async () => {
    const ignoring: TransportDecorator = (inner) => (request) => {
      const headers = Object.entries(request.headers).filter(([name]) => name !== 'range');
      return inner({ ...request, headers: Object.fromEntries(headers) });
    };
    const faults = onContent(cutAfter(700_000));
    const { drive } = await embeddedDrive({ between: (inner) => faults(ignoring(inner)) });
    await drive.upload(content, '', { name: 'f.bin' });
    expect(same(await drive.read('f.bin'))).toBe(true);
    const part = await drive.read('f.bin', { range: { first: 5, last: 9 } });
    expect(part).toEqual(content.subarray(5, 10));
  });

  it('of a file that changes in the middle starts again with the new content', async () => {
    const changed = sample(2_000_000).reverse();
    const change: Fault = async () => {
      await drive.upload(changed, '', { name: 'f.bin' });
      return { status: 412, headers: {}, body: nothing() };
    };
    const { drive } = await withFaults(cutAfter(1_500_000), change);
    expect(Buffer.from(await drive.read('f.bin')).equals(changed)).toBe(true);
  });

  it('into a stream that cannot be taken back says that the file changed', async () => {
    const change: Fault = async () => {
      await drive.upload(sample(5), '', { name: 'f.bin' });
      return { status: 403, headers: {}, body: nothing() };
    };
    const { drive } = await withFaults(cutAfter(1_500_000), change);
    const stream = streamSink(async () => {});
    await expect(drive.download('f.bin', stream)).rejects.toMatchObject({ code: 'precondition' });
  });

  it('of wrong bytes is an integrity error, and the sink is told to forget', async () => {
    const flip: Fault = async (_, next) => {
      const response = await next();
      return { ...response, body: flipped(response.body) };
    };
    const { drive } = await withFaults(flip);
    const told: string[] = [];
    const sink: FileSink = {
      prepare: async () => {
        told.push('prepare');
      },
      write: async () => {},
      commit: async () => {
        told.push('commit');
      },
      abort: async () => {
        told.push('abort');
      },
    };
    await expect(drive.download('f.bin', sink)).rejects.toMatchObject({ code: 'integrity' });
    expect(told).toEqual(['prepare', 'abort']);
  });

  it('with malware in it is refused at once, with what the service says', async () => {
    const malware: Fault = async () => {
      const error = { code: 'accessDenied', message: 'Malware.', innerError: { code: 'malwareDetected' } };
      const bytes = new TextEncoder().encode(JSON.stringify({ error }));
      async function* body() {
        yield bytes;
      }
      return { status: 403, headers: {}, body: body() };
    };
    const { drive, asked } = await withFaults(malware);
    await expect(drive.read('f.bin')).rejects.toBeInstanceOf(GraphError);
    expect(asked).toHaveLength(1);
  });

  it('stops at once when aborted, with the reason', async () => {
    const stop = new AbortController();
    const { drive } = await withFaults();
    const reading = drive.read('f.bin', {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });

  it('of a local write that fails is not tried again', async () => {
    const { drive, asked } = await withFaults();
    const full: FileSink = {
      prepare: async () => {},
      write: async () => {
        throw new OneDriveError('local-file', 'No space left.');
      },
      commit: async () => {},
      abort: async () => {},
    };
    await expect(drive.download('f.bin', full)).rejects.toMatchObject({ code: 'local-file' });
    expect(asked).toHaveLength(2);
  });
});

describe('what has no content', () => {
  it('a folder is refused', async () => {
    const { drive } = await embeddedDrive();
    await drive.makeFolder('', 'd');
    await expect(drive.read('d')).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('folder'),
    });
  });

  it('a OneNote package is refused, with the reason', async () => {
    const { drive } = await embeddedDrive({ seed: { Notes: { package: 'oneNote' } } });
    await expect(drive.read('Notes')).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('OneNote'),
    });
  });

  it('an empty file is an empty file', async () => {
    const { drive, asked } = await embeddedDrive();
    await drive.upload('', '', { name: 'empty' });
    asked.length = 0;
    expect(await drive.read('empty')).toEqual(new Uint8Array(0));
    expect(asked).toHaveLength(1);
  });
});
