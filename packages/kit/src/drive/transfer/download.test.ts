import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { flipped } from '../../../../../test/embedded/flipped.ts';
import { GraphError, OneDriveError } from '../../errors/index.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from '../../http/transport.ts';
import { bytesSink, type FileSink, streamSink } from './file-sink.ts';

const content = sample(3_000_000);

/** A response that fails after `count` bytes. */
function failAfter(response: HttpResponse, count: number): HttpResponse {
  async function* body() {
    let rest = count;
    for await (const chunk of response.body) {
      if (chunk.byteLength > rest) {
        if (rest > 0) yield chunk.subarray(0, rest);
        throw new OneDriveError('network', 'The connection broke.');
      }
      rest -= chunk.byteLength;
      yield chunk;
    }
  }
  return { ...response, body: body() };
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

type Fault = (request: HttpRequest, next: () => Promise<HttpResponse>) => Promise<HttpResponse>;

/** Applies one fault to each request for content. */
function onContent(...faults: readonly Fault[]): TransportDecorator {
  let index = 0;
  return (inner) => (request) => {
    const isContent = !request.url.includes('/v1.0/');
    const fault = isContent ? faults[index++] : undefined;
    return fault === undefined ? inner(request) : fault(request, () => inner(request));
  };
}

const respond =
  (status: number, headers: Record<string, string> = {}): Fault =>
  async () => ({ status, headers, body: nothing() });
const failingAfter =
  (count: number): Fault =>
  async (_, next) =>
    failAfter(await next(), count);

async function withFaults(...faults: readonly Fault[]) {
  const embedded = await embeddedDrive({ between: onContent(...faults) });
  await embedded.drive.upload(content, '', { name: 'f.bin' });
  embedded.asked.length = 0;
  return embedded;
}

const isContentOf = (bytes: Uint8Array) => Buffer.from(bytes).equals(content);

describe('a download', () => {
  it('takes two requests and is verified by its hash', async () => {
    const { drive, asked } = await withFaults();
    const sink = bytesSink();
    const progress: number[] = [];
    const result = await drive.download('f.bin', sink, { onProgress: ({ loaded }) => progress.push(loaded) });
    expect(result.verdict).toBe('verified');
    expect(isContentOf(sink.bytes())).toBe(true);
    expect(asked).toHaveLength(2);
    expect(progress.at(-1)).toBe(content.length);
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

  it('that fails continues where it failed, as long as each attempt receives bytes', async () => {
    const ranges: (string | undefined)[] = [];
    const breaking =
      (count: number): Fault =>
      async (request, next) => {
        ranges.push(request.headers['range']);
        return failAfter(await next(), count);
      };
    const { drive } = await withFaults(...Array.from({ length: 9 }, () => breaking(300_000)));
    expect(isContentOf(await drive.read('f.bin'))).toBe(true);
    expect(ranges.slice(0, 3)).toEqual([undefined, 'bytes=300000-', 'bytes=600000-']);
  });

  it('that never receives a byte fails', async () => {
    const { drive } = await withFaults(...Array.from({ length: 50 }, () => failingAfter(0)));
    await expect(drive.read('f.bin')).rejects.toMatchObject({ code: 'network' });
  });

  it('that ends early without an error is not complete', async () => {
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
    expect(isContentOf(await drive.read('f.bin'))).toBe(true);
    expect(asked.length).toBeGreaterThan(2);
  });

  it.each([401, 403, 404, 410])('whose URL has expired (%i) gets a new one in the middle', async (status) => {
    const { drive, asked } = await withFaults(failingAfter(1_000_000), respond(status));
    expect(isContentOf(await drive.read('f.bin'))).toBe(true);
    expect(asked.filter((line) => line.includes('/v1.0/'))).toHaveLength(2);
  });

  it('from a server that ignores ranges skips the bytes that it has', async () => {
    const ignoring: TransportDecorator = (inner) => (request) => {
      const headers = Object.entries(request.headers).filter(([name]) => name !== 'range');
      return inner({ ...request, headers: Object.fromEntries(headers) });
    };
    const faults = onContent(failingAfter(700_000));
    const { drive } = await embeddedDrive({ between: (inner) => faults(ignoring(inner)) });
    await drive.upload(content, '', { name: 'f.bin' });
    expect(isContentOf(await drive.read('f.bin'))).toBe(true);
    const part = await drive.read('f.bin', { range: { first: 5, last: 9 } });
    expect(part).toEqual(content.subarray(5, 10));
  });

  it('of a file that changes in the middle starts over with the new content', async () => {
    const changed = sample(2_000_000).reverse();
    const change: Fault = async () => {
      await drive.upload(changed, '', { name: 'f.bin' });
      return { status: 412, headers: {}, body: nothing() };
    };
    const { drive } = await withFaults(failingAfter(1_500_000), change);
    expect(Buffer.from(await drive.read('f.bin')).equals(changed)).toBe(true);
  });

  it('into a stream, which cannot be rewound, fails if the file changes', async () => {
    const change: Fault = async () => {
      await drive.upload(sample(5), '', { name: 'f.bin' });
      return { status: 403, headers: {}, body: nothing() };
    };
    const { drive } = await withFaults(failingAfter(1_500_000), change);
    const stream = streamSink(async () => {});
    await expect(drive.download('f.bin', stream)).rejects.toMatchObject({ code: 'precondition' });
  });

  it('of wrong bytes is an integrity error, and aborts the sink', async () => {
    const flip: Fault = async (_, next) => {
      const response = await next();
      return { ...response, body: flipped(response.body) };
    };
    const { drive } = await withFaults(flip);
    const calls: string[] = [];
    const sink: FileSink = {
      prepare: async () => {
        calls.push('prepare');
      },
      write: async () => {},
      commit: async () => {
        calls.push('commit');
      },
      abort: async () => {
        calls.push('abort');
      },
    };
    await expect(drive.download('f.bin', sink)).rejects.toMatchObject({ code: 'integrity' });
    expect(calls).toEqual(['prepare', 'abort']);
  });

  it('of malware fails at once, with the error of the service', async () => {
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

  it('that is aborted stops at once, with the reason', async () => {
    const stop = new AbortController();
    const { drive } = await withFaults();
    const reading = drive.read('f.bin', {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });

  it('is not retried if a local write fails', async () => {
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

describe('an item without content', () => {
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

  it('an empty file is downloaded as an empty file', async () => {
    const { drive, asked } = await embeddedDrive();
    await drive.upload('', '', { name: 'empty' });
    asked.length = 0;
    expect(await drive.read('empty')).toEqual(new Uint8Array(0));
    expect(asked).toHaveLength(1);
  });
});
