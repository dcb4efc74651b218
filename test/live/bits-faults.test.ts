import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DriveProvider } from '../../packages/kit/src/drive/index.ts';
import { liveProvider } from '../../packages/kit/src/drive/provider/live-provider.ts';
import { LiveError, OneDriveError } from '../../packages/kit/src/errors/index.ts';
import { itemAt } from '../../packages/kit/src/graph/item-ref-forms.ts';
import { bytesBody } from '../../packages/kit/src/http/bodies.ts';
import { discard } from '../../packages/kit/src/http/read.ts';
import type {
  HttpRequest,
  HttpResponse,
  Transport,
  TransportDecorator,
} from '../../packages/kit/src/http/transport.ts';
import { embeddedLive } from '../embedded/embedded-live.ts';

const packetOf = ({ headers }: HttpRequest) => headers['bits-packet-type'];
const lost = () => new OneDriveError('network', 'The connection broke.');
const answerOf = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: (async function* () {})(),
});

type Fault = 'lost-before' | 'lost-after' | 'service' | 'twice' | 'forgotten' | 'gone' | 'html';
const faults: readonly Fault[] = [
  'lost-before',
  'lost-after',
  'service',
  'twice',
  'forgotten',
  'gone',
  'html',
];

/** The server acknowledges a fragment without storing it, so the next one leaves a gap. */
function acknowledged({ headers }: HttpRequest): HttpResponse {
  const last = Number(/-(\d+)\//.exec(headers['content-range'] ?? '')?.[1]);
  return answerOf(200, { 'bits-packet-type': 'Ack', 'bits-received-content-range': String(last + 1) });
}

/** Breaks the nth packet of an upload, according to the plan. */
function breaking(
  plan: readonly (Fault | undefined)[],
  drop: (session: string) => Promise<void>,
): TransportDecorator {
  let packet = 0;
  return (inner: Transport) => async (request) => {
    if (packetOf(request) === undefined || packetOf(request) === 'Create-Session') return inner(request);
    const fault = plan[packet++];
    switch (fault) {
      case undefined:
        return inner(request);
      case 'lost-before':
        throw lost();
      case 'lost-after':
        await discard(await inner(request));
        throw lost();
      case 'service':
        return answerOf(503);
      case 'twice':
        await discard(await inner(request));
        return inner(request);
      case 'forgotten':
        return packetOf(request) === 'Fragment' ? acknowledged(request) : inner(request);
      case 'gone':
        await drop(request.headers['bits-session-id'] ?? '');
        return inner(request);
      case 'html':
        return {
          ...answerOf(502),
          body: (async function* () {
            yield new TextEncoder().encode('<html>');
          })(),
        };
    }
  };
}

const content = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 251);

async function upload(plan: readonly (Fault | undefined)[]) {
  const drop = async (session: string) => {
    const headers = {
      'bits-packet-type': 'Cancel-Session',
      'bits-session-id': session,
      'x-http-method-override': 'BITS_POST',
    };
    await live.server.handler({
      method: 'POST',
      url: new URL('https://cid-x.users.storage.live.com/items/x/y'),
      headers,
      body: (async function* () {})(),
    });
  };
  const live = await embeddedLive({ live: { bitsFrom: 1 }, between: breaking(plan, drop) });
  try {
    const { item } = await live.drive.upload(content, '', { name: 'f.bin', fragmentSize: 100 });
    return { size: item.size, bytes: await live.drive.read('f.bin'), asked: live.asked };
  } finally {
    await live.server.close();
  }
}

describe('an upload by BITS continues after', () => {
  test.each(faults)('%s of a fragment', async (fault) => {
    const { bytes } = await upload([undefined, undefined, fault]);
    expect(Buffer.from(bytes).equals(content)).toBe(true);
  });

  test.each(faults.filter((fault) => fault !== 'gone'))('%s of the commit', async (fault) => {
    const plan = Array.from({ length: 10 }, () => undefined);
    const { bytes } = await upload([...plan, fault]);
    expect(Buffer.from(bytes).equals(content)).toBe(true);
  });

  test('a last fragment that the server lost is sent again when the commit is refused', async () => {
    const { bytes } = await upload([...Array.from({ length: 9 }, () => undefined), 'forgotten']);
    expect(Buffer.from(bytes).equals(content)).toBe(true);
  });

  test('after any sequence of faults the file is complete, or the upload fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 3 }), { maxLength: 20 }),
        async (plan) => {
          try {
            const { bytes } = await upload(plan);
            expect(Buffer.from(bytes).equals(content)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(OneDriveError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a lost response costs one probe of one byte instead of the whole fragment', async () => {
  const { asked } = await upload([undefined, 'lost-after']);
  const sizes = asked
    .filter((request) => packetOf(request) === 'Fragment')
    .map((request) => request.body?.length);
  expect(sizes.filter((size) => size === 1)).toHaveLength(1);
  expect(sizes.filter((size) => size === 100)).toHaveLength(10);
});

test('another process resumes a session: one fragment is sent twice, the rest once', async () => {
  const live = await embeddedLive({ live: { bitsFrom: 1 } });
  const target = { at: itemAt('f.bin'), size: 1000, times: undefined, conflict: 'replace' } as const;
  const session = await live.provider.openSession(target);
  const send = (provider: DriveProvider, start: number) =>
    provider.sendFragment(
      session,
      { start, end: start + 100, total: 1000 },
      bytesBody(content.subarray(start, start + 100)),
      {},
    );
  for (const start of [0, 100, 200]) await send(live.provider, start);
  const next = liveProvider(live.client, live.world.random);
  let answer = await next.askSession(session, {});
  expect(answer).toEqual({ kind: 'expects', ranges: ['0-'] });
  const starts: number[] = [];
  while (answer.kind === 'expects') {
    const start = Number.parseInt(answer.ranges?.[0] ?? '', 10);
    starts.push(start);
    answer = await send(next, start);
  }
  expect(starts).toEqual([0, 300, 400, 500, 600, 700, 800, 900]);
  expect(Buffer.from(await live.drive.read('f.bin')).equals(content)).toBe(true);
  await live.server.close();
});

test('a commit that fails permanently is an error, and no file is created', async () => {
  const failing: TransportDecorator = (inner) => async (request) =>
    packetOf(request) === 'Close-Session'
      ? answerOf(500, { 'bits-error-code': '0x80004005' })
      : inner(request);
  const live = await embeddedLive({ live: { bitsFrom: 1 }, between: failing });
  const sending = live.drive.upload(content, '', { name: 'f.bin', fragmentSize: 500 });
  await expect(sending).rejects.toBeInstanceOf(OneDriveError);
  await expect(live.drive.stat('f.bin')).rejects.toMatchObject({ code: 'not-found' });
  await live.server.close();
});

test('the token is renewed between the last fragment and the commit on request', async () => {
  const order: string[] = [];
  const watching: TransportDecorator = (inner) => (request) => {
    const packet = packetOf(request);
    if (packet) order.push(packet);
    return inner(request);
  };
  const beforeCommit = async () => void order.push('renewed');
  const live = await embeddedLive({ live: { bitsFrom: 1, beforeCommit }, between: watching });
  await live.drive.upload(content, '', { name: 'f.bin', fragmentSize: 500 });
  expect(order).toEqual(['Create-Session', 'Fragment', 'Fragment', 'renewed', 'Close-Session']);
  await live.server.close();
});

test('94,999,999 bytes are sent in one PUT, more bytes by BITS, and an empty file never by BITS', async () => {
  const live = await embeddedLive();
  expect(live.provider.capabilities.putLimit).toBe(94_999_999);
  await live.server.close();
  const forced = await embeddedLive({ live: { bitsFrom: 0 } });
  await forced.drive.upload(new Uint8Array(0), '', { name: 'empty' });
  expect(forced.asked.some((request) => packetOf(request) !== undefined)).toBe(false);
  await forced.server.close();
});

test('fragments and download requests have no token', async () => {
  const live = await embeddedLive({ live: { bitsFrom: 1 } });
  await live.drive.upload(content, '', { name: 'f.bin' });
  await live.drive.read('f.bin');
  const bare = live.asked.filter(({ headers }) => headers['authorization'] === undefined);
  expect(bare.map((request) => packetOf(request) ?? new URL(request.url).pathname.split('/')[1])).toEqual([
    'Fragment',
    '_content',
  ]);
  await live.server.close();
});

test('errors keep the status, the code and the BITS code of the response', async () => {
  const live = await embeddedLive();
  const error: unknown = await live.provider
    .item({ anchor: { kind: 'id', id: 'file.0000000000000001.1!1' }, path: [] }, {})
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LiveError);
  expect(error).toMatchObject({ code: 'not-found', status: 404, liveCode: 'resource_not_found' });
  await live.server.close();
});
