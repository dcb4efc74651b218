import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

const protocol = '{7df0354d-249b-430f-820d-3d2a9bef4931}';
const url = (name = 'big.bin') => `/users/0x${live.cid}/LiveFolders/${name}`;
const open = async (path = url()) => {
  const answer = await live.packet('Create-Session', path, { 'BITS-Supported-Protocols': protocol });
  return { answer, session: answer.headers.get('bits-session-id') ?? '' };
};
const send = (session: string, text: string, from: number, total: number, path = url()) =>
  live.packet(
    'Fragment',
    path,
    { 'BITS-Session-Id': session, 'Content-Range': `bytes ${from}-${from + text.length - 1}/${total}` },
    text,
  );
const close = (session: string, path = url()) =>
  live.packet('Close-Session', path, { 'BITS-Session-Id': session });
const received = (answer: { headers: Headers }) => answer.headers.get('bits-received-content-range');
const contentOf = async (name: string) => {
  const found = (await live.ask('GET', 'me/skydrive/files')).json.data as { name: string; source: string }[];
  const file = found.find((object) => object.name === name);
  return file && (await live.ask('GET', file.source)).text;
};

describe('a BITS upload', () => {
  test('by path is created with 201, acknowledged, and returns the short id of the file when closed', async () => {
    const { answer, session } = await open();
    expect(answer.status).toBe(201);
    expect(answer.headers.get('bits-packet-type')).toBe('Ack');
    expect(answer.headers.get('bits-protocol')).toBe(protocol);
    expect(session).toMatch(/^\{[0-9a-f-]{36}\}$/);
    const first = await send(session, '01234', 0, 10);
    expect([first.status, first.headers.get('bits-packet-type'), received(first)]).toEqual([200, 'Ack', '5']);
    expect(await contentOf('big.bin')).toBeUndefined();
    await send(session, '56789', 5, 10);
    const closed = await close(session);
    expect([closed.status, closed.headers.get('bits-packet-type')]).toEqual([200, 'Ack']);
    expect(await contentOf('big.bin')).toBe('0123456789');
    const id = `file.${live.cid}.${closed.headers.get('x-resource-id') ?? ''}`;
    expect((await live.ask('GET', id)).json.name).toBe('big.bin');
  });

  test('the response to the close has neither of the two headers that the real service never sent', async () => {
    const { session } = await open();
    await send(session, 'x', 0, 1);
    const closed = await close(session);
    expect(closed.headers.has('bits-session-id')).toBe(false);
    expect(closed.headers.has('bits-received-content-range')).toBe(false);
  });

  test('by id, into a folder, replaces a file with that name', async () => {
    const { json } = await live.ask('POST', 'me/skydrive', { body: '{"name":"d"}' });
    const { json: old } = await live.ask('PUT', `${json.id as string}/files/f`, { body: 'old' });
    const path = `/items/${(json.id as string).split('.')[2] ?? ''}/f`;
    const { session } = await open(path);
    await send(session, 'new', 0, 3, path);
    const closed = await close(session, path);
    expect(`file.${live.cid}.${closed.headers.get('x-resource-id') ?? ''}`).toBe(old.id);
    expect(
      (await live.ask('GET', (await live.ask('GET', old.id as string)).json.source as string)).text,
    ).toBe('new');
  });

  test('received bytes are not written again, and a gap gives 416 with the offset to resume from', async () => {
    const { session } = await open();
    await send(session, '0123', 0, 10);
    expect(received(await send(session, '0123', 0, 10))).toBe('4');
    expect(received(await send(session, '..4567', 2, 10))).toBe('8');
    const gap = await send(session, '9', 9, 10);
    expect([gap.status, received(gap)]).toEqual([416, '8']);
    expect(gap.headers.get('bits-error-code')).toBe('0x8020002b');
    expect(gap.headers.get('bits-error-context')).toBe('0x5');
    await send(session, '89', 8, 10);
    await close(session);
    expect(await contentOf('big.bin')).toBe('0123456789');
  });

  test('a body with the wrong length does not change the session', async () => {
    const { session } = await open();
    await send(session, '0123', 0, 10);
    const headers = { 'BITS-Session-Id': session, 'Content-Range': 'bytes 4-9/10' };
    for (const body of ['45', '4567890'])
      expect((await live.packet('Fragment', url(), headers, body)).status).toBe(400);
    expect(received(await send(session, '456789', 4, 10))).toBe('10');
    await close(session);
    expect(await contentOf('big.bin')).toBe('0123456789');
  });

  test('two copies of a fragment at the same time are stored once', async () => {
    const { session } = await open();
    const answers = await Promise.all([1, 2, 3].map(() => send(session, '01234', 0, 10)));
    expect(answers.map(received)).toEqual(['5', '5', '5']);
    await send(session, '56789', 5, 10);
    await close(session);
    expect(await contentOf('big.bin')).toBe('0123456789');
  });

  test('a close is refused while bytes are missing, and a repeated close gets the same response', async () => {
    const { session } = await open();
    await send(session, '01234', 0, 10);
    const early = await close(session);
    expect([early.status, received(early)]).toEqual([416, '5']);
    await send(session, '56789', 5, 10);
    const first = await close(session);
    const second = await close(session);
    expect(second.headers.get('x-resource-id')).toBe(first.headers.get('x-resource-id'));
  });

  test('an empty file cannot be uploaded by BITS, as in the service', async () => {
    const { session } = await open();
    expect((await close(session)).status).toBe(416);
    const empty = { 'BITS-Session-Id': session, 'Content-Range': 'bytes 0-0/0' };
    expect((await live.packet('Fragment', url(), empty)).status).toBe(400);
    expect(await contentOf('big.bin')).toBeUndefined();
  });

  test('a cancelled or unknown session gives the error code for not found', async () => {
    const { session } = await open();
    expect((await live.packet('Cancel-Session', url(), { 'BITS-Session-Id': session })).status).toBe(200);
    for (const gone of [
      await send(session, 'x', 0, 1),
      await close(session),
      await send('{nonsense}', 'x', 0, 1),
    ])
      expect([
        gone.status,
        gone.headers.get('bits-error-code'),
        gone.headers.get('x-clienterrorcode'),
      ]).toEqual([404, '0x8020001f', 'UploadSessionNotFound']);
  });

  test('a ping is acknowledged without a session', async () => {
    const answer = await live.packet('Ping', url());
    expect([answer.status, answer.headers.get('bits-packet-type')]).toEqual([200, 'Ack']);
  });

  test.each([
    ['a missing packet type', 'Nonsense', {}, 400],
    [
      'another protocol',
      'Create-Session',
      { 'BITS-Supported-Protocols': '{00000000-0000-0000-0000-000000000000}' },
      400,
    ],
    ['no token', 'Create-Session', { 'BITS-Supported-Protocols': protocol, Authorization: 'Bearer x' }, 401],
  ])('%s is refused', async (_, type, headers, status) => {
    const answer = await live.packet(type, url(), headers);
    expect([answer.status, answer.headers.has('bits-error-code')]).toEqual([status, true]);
  });

  test('a missing folder, another user and an invalid name are refused', async () => {
    expect((await open(`/users/0x${live.cid}/LiveFolders/no/f`)).answer.status).toBe(404);
    expect((await open('/users/0x0123456789abcdef/LiveFolders/f')).answer.status).toBe(404);
    expect((await open(url('a%3Ab'))).answer.status).toBe(400);
  });

  test('header names are case-insensitive', async () => {
    const answer = await live.packet('CREATE-SESSION', url(), {
      'bits-supported-protocols': protocol.toUpperCase(),
    });
    expect(answer.status).toBe(201);
  });
});
