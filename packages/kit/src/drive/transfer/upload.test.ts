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

function answer(status: number, code = 'x'): Fault {
  return async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ error: { code, message: code } }));
    async function* body() {
      yield bytes;
    }
    return { status, headers: {}, body: body() };
  };
}

/** The server gets it all and answers, but the answer is lost. */
const lostAnswer: Fault = async (_, next) => {
  await discard(await next());
  throw new OneDriveError('network', 'The connection broke.');
};

/** The connection breaks after the server got some bytes of the request. */
const brokenOff: Fault = async () => {
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

async function uploaded(options: EmbeddedDriveOptions = {}) {
  const embedded = await embeddedDrive(options);
  const result = await embedded.drive.upload(content, '', big);
  return { ...embedded, result };
}

async function expectWhole({ drive, result }: Awaited<ReturnType<typeof uploaded>>) {
  expect(result).toMatchObject({ verdict: 'verified', size: content.length, hash: hashOf(content) });
  expect(Buffer.from(await drive.read('big.bin')).equals(content)).toBe(true);
}

const fragments = (asked: readonly string[]) =>
  asked.filter((line) => line.startsWith('PUT') && !line.includes('/v1.0/'));

describe('a small upload', () => {
  it('is one request, also for no bytes at all', async () => {
    const { drive, asked } = await embeddedDrive();
    await drive.upload('', '', { name: 'empty' });
    await drive.upload('hello', '', { name: 'hello' });
    expect(asked).toHaveLength(2);
    expect((await drive.stat('empty')).size).toBe(0);
  });

  it("keeps the source's time", async () => {
    const { drive } = await embeddedDrive();
    const source: FileSource = {
      ...bytesSource(sample(10), 'f'),
      modifiedMs: Date.parse('2020-02-03T04:05:06.789Z'),
    };
    const { item } = await drive.upload(source, '');
    expect(item.fileSystemInfo?.lastModifiedDateTime).toBe('2020-02-03T04:05:06Z');
  });

  it('a bad name is refused before anything is read or sent', async () => {
    const { drive, asked } = await embeddedDrive();
    async function* untouched(): AsyncGenerator<Uint8Array, void, undefined> {
      throw new Error('was read');
      yield new Uint8Array();
    }
    await expect(drive.upload({ stream: untouched() }, '', { name: 'a:b' })).rejects.toMatchObject({
      code: 'invalid-name',
    });
    await expect(drive.upload('x', '')).rejects.toMatchObject({ code: 'usage' });
    expect(asked).toEqual([]);
  });

  it('fail and If-Match are kept', async () => {
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

  it('through a file says that it is a file', async () => {
    const { drive } = await embeddedDrive();
    await drive.upload('1', '', { name: 'f' });
    await expect(drive.upload('2', 'f', { name: 'g' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('/f is a file'),
    });
  });

  it('a source that changes meanwhile is an integrity error', async () => {
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
    const watched = onFragment(async (request, next) => {
      tokens.push(request.headers['authorization']);
      return await next();
    });
    const done = await uploaded({ between: watched });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
    expect(tokens).toEqual(Array(6).fill(undefined));
  });

  it('sets the times in the session, with no request more', async () => {
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
  ])('whose answer to %s fragment is lost asks, and does not send it again', async (_, at) => {
    const done = await uploaded({ between: onFragment({ [at]: lostAnswer }) });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
  });

  it('whose answer to the last fragment is lost finds that it is there', async () => {
    const done = await uploaded({ between: onFragment({ 5: lostAnswer }) });
    await expectWhole(done);
    expect(fragments(done.asked)).toHaveLength(6);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(1);
  });

  it('whose fragment never arrives sends it again', async () => {
    await expectWhole(await uploaded({ between: onFragment({ 0: brokenOff, 3: brokenOff }) }));
  });

  it.each([416, 500, 503])('that is answered %i once asks and goes on', async (status) => {
    const code = status === 416 ? 'invalidRange' : 'generalException';
    await expectWhole(await uploaded({ between: onFragment({ 2: answer(status, code) }) }));
  });

  it.each([404, 410])(
    'that is answered %i asks the session, and goes on while it is there',
    async (status) => {
      const done = await uploaded({ between: onFragment({ 3: answer(status, 'itemNotFound') }) });
      await expectWhole(done);
      expect(fragments(done.asked)).toHaveLength(6);
    },
  );

  it('whose session is gone starts a new one', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, nth: 4, fault: { kind: 'expire', what: 'session' } },
    ] as const;
    const done = await uploaded({ faults: { rules } });
    await expectWhole(done);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(2);
  });

  it('whose session forgets a fragment sends it again, and only it', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, nth: 4, fault: { kind: 'forget', from: 2 * mib } },
    ] as const;
    const done = await uploaded({ faults: { rules } });
    await expectWhole(done);
    expect(done.asked.filter((line) => line.includes('createUploadSession'))).toHaveLength(1);
  });

  it('whose sessions all go ends in an error, and not in a loop', async () => {
    const rules = [
      { match: { method: 'PUT', path: '/_upload/*' }, fault: { kind: 'expire', what: 'session' } },
    ] as const;
    await expect(uploaded({ faults: { rules } })).rejects.toMatchObject({ code: 'service' });
  });

  it('that is refused for good says why, and cancels its session', async () => {
    const embedded = await embeddedDrive({ between: onFragment({ 2: answer(507, 'quotaLimitReached') }) });
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

  it('of a drive that is full is refused before the first byte', async () => {
    const embedded = await embeddedDrive({ accounts: [{ drive: { total: 1000 } }] });
    await expect(embedded.drive.upload(content, '', big)).rejects.toMatchObject({ code: 'quota' });
    expect(fragments(embedded.asked)).toEqual([]);
  });

  it('of which the service keeps other bytes is an integrity error', async () => {
    const between: TransportDecorator = (inner) => {
      const flip: Fault = (request) => {
        const { length, open } = request.body!;
        return inner({ ...request, body: { length, replayable: true, open: () => flipped(open()) } });
      };
      return onFragment({ 1: flip })(inner);
    };
    await expect(uploaded({ between })).rejects.toMatchObject({ code: 'integrity' });
  });
});
