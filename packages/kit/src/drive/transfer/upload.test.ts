import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { flipped } from '../../../../../test/embedded/flipped.ts';
import { GraphError, OneDriveError } from '../../errors/index.ts';
import { quickXorHash } from '../../hash/index.ts';
import { discard } from '../../http/read.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from '../../http/transport.ts';
import { bytesSource, type FileSource } from './file-source.ts';

const mib = 1 << 20;
const content = sample(5_500_000);

type Fault = (request: HttpRequest, next: () => Promise<HttpResponse>) => Promise<HttpResponse>;

function respond(status: number, code = 'x'): Fault {
  return async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ error: { code, message: code } }));
    async function* body() {
      yield bytes;
    }
    return { status, headers: {}, body: body() };
  };
}

/** The server receives the request and responds, but the response is lost. */
const lostResponse: Fault = async (_, next) => {
  await discard(await next());
  throw new OneDriveError('network', 'The connection broke.');
};

/** The connection fails before the request arrives. */
const connectionFailure: Fault = async () => {
  throw new OneDriveError('network', 'The connection broke.');
};

/** Applies a fault to the nth fragment (from 0), or to every one. */
function onFragment(faults: Readonly<Record<number, Fault>> | Fault): TransportDecorator {
  let count = 0;
  return (inner) => (request) => {
    if (request.headers['content-range'] === undefined) return inner(request);
    const fault = typeof faults === 'function' ? faults : faults[count];
    count += 1;
    return fault === undefined ? inner(request) : fault(request, () => inner(request));
  };
}

const big = { name: 'big.bin', fragmentSize: mib } as const;
const hashOf = (bytes: Uint8Array) => {
  const hash = quickXorHash();
  hash.update(bytes);
  return hash.digest();
};

async function uploadBig(options: EmbeddedDriveOptions = {}) {
  const embedded = await embeddedDrive(options);
  const result = await embedded.drive.upload(content, '', big);
  return { ...embedded, result };
}

async function expectWhole({ drive, result }: Awaited<ReturnType<typeof uploadBig>>) {
  expect(result).toMatchObject({ verdict: 'verified', size: content.length, hash: hashOf(content) });
  expect(Buffer.from(await drive.read('big.bin')).equals(content)).toBe(true);
}

const fragments = (asked: readonly string[]) =>
  asked.filter((line) => line.startsWith('PUT') && !line.includes('/v1.0/'));

describe('a small upload', () => {
  it('is one request, for empty content too', async () => {
    const { drive, asked } = await embeddedDrive();
    await drive.upload('', '', { name: 'empty' });
    await drive.upload('hello', '', { name: 'hello' });
    expect(asked).toHaveLength(2);
    expect((await drive.stat('empty')).size).toBe(0);
  });

  it('keeps the modification time of the source', async () => {
    const { drive } = await embeddedDrive();
    const source: FileSource = {
      ...bytesSource(sample(10), 'f'),
      modifiedMs: Date.parse('2020-02-03T04:05:06.789Z'),
    };
    const { item } = await drive.upload(source, '');
    expect(item.fileSystemInfo?.lastModifiedDateTime).toBe('2020-02-03T04:05:06Z');
  });

  it('with an invalid name is refused before anything is read or sent', async () => {
    const { drive, asked } = await embeddedDrive();
    async function* unreadStream(): AsyncGenerator<Uint8Array, void, undefined> {
      throw new Error('was read');
      yield new Uint8Array();
    }
    await expect(drive.upload({ stream: unreadStream() }, '', { name: 'a:b' })).rejects.toMatchObject({
      code: 'invalid-name',
    });
    await expect(drive.upload('x', '')).rejects.toMatchObject({ code: 'usage' });
    expect(asked).toEqual([]);
  });

  it('respects conflict: fail and If-Match', async () => {
    const { drive } = await embeddedDrive();
    const { item } = await drive.upload('1', '', { name: 'f' });
    await expect(drive.upload('2', '', { name: 'f', conflict: 'fail' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await drive.upload('2', '', { name: 'f', ifMatch: item.eTag });
    await expect(drive.upload('3', '', { name: 'f', ifMatch: item.eTag })).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('below a file reports that it is a file', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('1', '', { name: 'f' });
    await expect(drive.upload('2', 'f', { name: 'g' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('/f is a file'),
    });
  });

  it('of a source that changes in the meantime is an integrity error', async () => {
    const { drive } = await embeddedDrive();
    let reads = 0;
    const source: FileSource = {
      ...bytesSource(sample(10), 'f'),
      fingerprint: async () => ({ size: 10, modifiedMs: reads++ }),
    };
    await expect(drive.upload(source, '')).rejects.toMatchObject({ code: 'integrity' });
  });
});

describe('an upload in fragments', () => {
  it('sends each byte once, without the token, and is verified', async () => {
    const tokens: (string | undefined)[] = [];
    const recording = onFragment(async (request, next) => {
      tokens.push(request.headers['authorization']);
      return await next();
    });
    const done = await uploadBig({ between: recording });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
    expect(tokens).toEqual(Array(6).fill(undefined));
  });

  it('sets the times in the session, without another request', async () => {
    const { drive, asked } = await embeddedDrive();
    const source: FileSource = {
      ...bytesSource(content, 'f'),
      modifiedMs: Date.parse('2020-02-03T04:05:06Z'),
    };
    const { item } = await drive.upload(source, '');
    expect(item.fileSystemInfo?.lastModifiedDateTime).toBe('2020-02-03T04:05:06Z');
    expect(asked.filter((line) => line.startsWith('PATCH'))).toEqual([]);
  });

  it.each([
    ['the first', 0],
    ['a middle', 2],
  ])(
    'that loses the response to %s fragment queries the session, without sending it again',
    async (_, index) => {
      const done = await uploadBig({ between: onFragment({ [index]: lostResponse }) });
      await expectWhole(done);
      expect(fragments(done.asked)).toHaveLength(6);
    },
  );

  it('that loses the response to the last fragment finds the item', async () => {
    const done = await uploadBig({ between: onFragment({ 5: lostResponse }) });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(1);
  });

  it('sends a fragment again that never arrived', async () => {
    await expectWhole(
      await uploadBig({ between: onFragment({ 0: connectionFailure, 3: connectionFailure }) }),
    );
  });

  it.each([416, 500, 503])('queries the session after a single %i and continues', async (status) => {
    const code = status === 416 ? 'invalidRange' : 'generalException';
    await expectWhole(await uploadBig({ between: onFragment({ 2: respond(status, code) }) }));
  });

  it.each([404, 410])('queries the session after %i and continues if it exists', async (status) => {
    const done = await uploadBig({ between: onFragment({ 3: respond(status, 'itemNotFound') }) });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
  });

  it('creates a new session if its session is gone', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, nth: 4, fault: { kind: 'expire', what: 'session' } },
    ] as const;
    const done = await uploadBig({ faults: { rules } });
    await expectWhole(done);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(2);
  });

  it('sends a fragment again that the session has lost, and only that one', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, nth: 4, fault: { kind: 'forget', from: 2 * mib } },
    ] as const;
    const done = await uploadBig({ faults: { rules } });
    await expectWhole(done);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(1);
  });

  it('that loses all its sessions fails, without looping', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, fault: { kind: 'expire', what: 'session' } },
    ] as const;
    await expect(uploadBig({ faults: { rules } })).rejects.toMatchObject({ code: 'service' });
  });

  it('that is refused permanently throws the error and cancels its session', async () => {
    const embedded = await embeddedDrive({ between: onFragment({ 2: respond(507, 'quotaLimitReached') }) });
    await expect(embedded.drive.upload(content, '', big)).rejects.toBeInstanceOf(GraphError);
    await expect(embedded.drive.stat('big.bin')).rejects.toMatchObject({ code: 'not-found' });
    expect(embedded.asked.filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
  });

  it('that is aborted stops at once, with the reason, and cancels its session', async () => {
    const stop = new AbortController();
    const embedded = await embeddedDrive();
    const onProgress = ({ loaded }: { loaded: number }) => {
      if (loaded > 2 * mib) stop.abort(new Error('enough'));
    };
    const upload = embedded.drive.upload(content, '', { ...big, signal: stop.signal, onProgress });
    await expect(upload).rejects.toThrow('enough');
    expect(embedded.asked.filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
  });

  it('to a full drive is refused before the first byte', async () => {
    const embedded = await embeddedDrive({ accounts: [{ drive: { total: 1000 } }] });
    await expect(embedded.drive.upload(content, '', big)).rejects.toMatchObject({ code: 'quota' });
    expect(fragments(embedded.asked)).toEqual([]);
  });

  it('whose bytes the service stored differently is an integrity error', async () => {
    const between: TransportDecorator = (inner) => {
      const flip: Fault = (request) => {
        const { length, open } = request.body!;
        return inner({ ...request, body: { length, replayable: true, open: () => flipped(open()) } });
      };
      return onFragment({ 1: flip })(inner);
    };
    await expect(uploadBig({ between })).rejects.toMatchObject({ code: 'integrity' });
  });
});
