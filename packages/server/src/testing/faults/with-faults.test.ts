import { manualClock } from 'onedrive-kit/platform';
import { describe, expect, it } from 'vitest';
import type { Handler, ServerRequest } from '../../core/http.ts';
import { asStream, ConnectionBroken } from './broken-bodies.ts';
import type { Fault } from './fault.ts';
import { faultBoard, withFaults } from './with-faults.ts';

const request: ServerRequest = {
  method: 'GET',
  url: new URL('http://127.0.0.1/v1.0/me/drive'),
  headers: {},
  body: (async function* () {})(),
};

const noHands = { expire: async () => {}, forget: async () => {} };
let acted = 0;
const ten: Handler = async () => {
  acted += 1;
  return { status: 200, headers: { 'Content-Length': '10' }, body: 'abcdefghij' };
};

async function answer(fault: Fault) {
  acted = 0;
  const handler = withFaults(ten, faultBoard({ rules: [{ fault }] }), manualClock(), noHands);
  return handler(request);
}

async function text(body: Parameters<typeof asStream>[0]): Promise<string> {
  let sofar = '';
  for await (const chunk of asStream(body).stream) sofar += new TextDecoder().decode(chunk);
  return sofar;
}

describe('a server with faults', () => {
  it('answers as ever when no rule strikes', async () => {
    expect(await text((await withFaults(ten, faultBoard(), manualClock(), noHands)(request)).body)).toBe(
      'abcdefghij',
    );
  });

  it('answers a status without acting, with Retry-After as ordered', async () => {
    const got = await answer({ kind: 'status', status: 429, retryAfter: 2.5 });
    expect([got.status, got.headers['Retry-After'], acted]).toEqual([429, '2.5', 0]);
    expect(JSON.parse(await text(got.body))).toMatchObject({ error: { code: 'activityLimitReached' } });
  });

  it('breaks the connection before it acts', async () => {
    await expect(answer({ kind: 'reset' })).rejects.toThrow(ConnectionBroken);
    expect(acted).toBe(0);
  });

  it('acts and loses the answer', async () => {
    await expect(answer({ kind: 'lose-answer' })).rejects.toThrow(ConnectionBroken);
    expect(acted).toBe(1);
  });

  it('breaks the connection after the ordered bytes', async () => {
    const { body } = await answer({ kind: 'reset', at: 4 });
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const chunk of asStream(body).stream) seen.push(new TextDecoder().decode(chunk));
      })(),
    ).rejects.toThrow(ConnectionBroken);
    expect(seen.join('')).toBe('abcd');
  });

  it('truncates with a right length as if nothing were missing', async () => {
    const got = await answer({ kind: 'truncate', at: 6, length: 'right' });
    expect(await text(got.body)).toBe('abcdef');
    expect([asStream(got.body).length, got.headers['Content-Length']]).toEqual([6, undefined]);
  });

  it('truncates with a wrong length under the promise of the whole', async () => {
    const got = await answer({ kind: 'truncate', at: 6, length: 'wrong' });
    expect(asStream(got.body).length).toBe(10);
    await expect(text(got.body)).rejects.toThrow(ConnectionBroken);
  });

  it('inverts exactly one byte of what it reads', async () => {
    const reads: Handler = async ({ body }) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return { status: 200, headers: {}, body: Buffer.concat(chunks) };
    };
    const wrong = faultBoard({ rules: [{ fault: { kind: 'corrupt-request', at: 3 } }] });
    const body = (async function* () {
      yield Uint8Array.of(1, 2);
      yield Uint8Array.of(3, 4, 5);
    })();
    const got = await withFaults(reads, wrong, manualClock(), noHands)({ ...request, body });
    expect([...(got.body as Uint8Array)]).toEqual([1, 2, 3, 4 ^ 0xff, 5]);
  });

  it('inverts exactly one byte of what it answers', async () => {
    const { stream } = asStream((await answer({ kind: 'corrupt', at: 2 })).body);
    const bytes: number[] = [];
    for await (const chunk of stream) bytes.push(...chunk);
    const right = [...new TextEncoder().encode('abcdefghij')];
    expect(bytes.flatMap((byte, at) => (byte === right[at] ? [] : [at]))).toEqual([2]);
  });
});
