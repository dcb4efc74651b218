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

const noActions = { expire: async () => {}, forget: async () => {} };
let acted = 0;
const ten: Handler = async () => {
  acted += 1;
  return { status: 200, headers: { 'Content-Length': '10' }, body: 'abcdefghij' };
};

async function answer(fault: Fault) {
  acted = 0;
  const handler = withFaults(ten, faultBoard({ rules: [{ fault }] }), manualClock(), noActions);
  return handler(request);
}

async function text(body: Parameters<typeof asStream>[0]): Promise<string> {
  let sofar = '';
  for await (const chunk of asStream(body).stream) sofar += new TextDecoder().decode(chunk);
  return sofar;
}

describe('a server with faults', () => {
  it('responds normally if no rule applies', async () => {
    expect(await text((await withFaults(ten, faultBoard(), manualClock(), noActions)(request)).body)).toBe(
      'abcdefghij',
    );
  });

  it('returns the status of the plan with its Retry-After, without calling the handler', async () => {
    const response = await answer({ kind: 'status', status: 429, retryAfter: 2.5 });
    expect([response.status, response.headers['Retry-After'], acted]).toEqual([429, '2.5', 0]);
    expect(JSON.parse(await text(response.body))).toMatchObject({ error: { code: 'activityLimitReached' } });
  });

  it('breaks the connection before the handler is called', async () => {
    await expect(answer({ kind: 'reset' })).rejects.toThrow(ConnectionBroken);
    expect(acted).toBe(0);
  });

  it('calls the handler and loses its response', async () => {
    await expect(answer({ kind: 'lose-answer' })).rejects.toThrow(ConnectionBroken);
    expect(acted).toBe(1);
  });

  it('breaks the connection after the number of bytes in the plan', async () => {
    const { body } = await answer({ kind: 'reset', at: 4 });
    const received: string[] = [];
    await expect(
      (async () => {
        for await (const chunk of asStream(body).stream) received.push(new TextDecoder().decode(chunk));
      })(),
    ).rejects.toThrow(ConnectionBroken);
    expect(received.join('')).toBe('abcd');
  });

  it('truncates with a matching length, so that nothing seems to be missing', async () => {
    const response = await answer({ kind: 'truncate', at: 6, length: 'right' });
    expect(await text(response.body)).toBe('abcdef');
    expect([asStream(response.body).length, response.headers['Content-Length']]).toEqual([6, undefined]);
  });

  it('truncates while announcing the full length', async () => {
    const response = await answer({ kind: 'truncate', at: 6, length: 'wrong' });
    expect(asStream(response.body).length).toBe(10);
    await expect(text(response.body)).rejects.toThrow(ConnectionBroken);
  });

  it('inverts exactly one byte of the request body', async () => {
    const reads: Handler = async ({ body }) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return { status: 200, headers: {}, body: Buffer.concat(chunks) };
    };
    const board = faultBoard({ rules: [{ fault: { kind: 'corrupt-request', at: 3 } }] });
    const body = (async function* () {
      yield Uint8Array.of(1, 2);
      yield Uint8Array.of(3, 4, 5);
    })();
    const response = await withFaults(reads, board, manualClock(), noActions)({ ...request, body });
    expect([...(response.body as Uint8Array)]).toEqual([1, 2, 3, 4 ^ 0xff, 5]);
  });

  it('inverts exactly one byte of the response body', async () => {
    const { stream } = asStream((await answer({ kind: 'corrupt', at: 2 })).body);
    const bytes: number[] = [];
    for await (const chunk of stream) bytes.push(...chunk);
    const original = [...new TextEncoder().encode('abcdefghij')];
    expect(bytes.flatMap((byte, at) => (byte === original[at] ? [] : [at]))).toEqual([2]);
  });
});
