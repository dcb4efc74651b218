/** Webhooks with a manual clock and captured outgoing requests; and the socket.io channel over loopback. */
import { get } from 'node:http';
import { io } from 'socket.io-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Delivered, type Delivery, listen } from '../../packages/server/src/index.ts';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
let calls: Delivery[];
/** The response of the subscriber to a notification. */
let answers: (Partial<Delivered> | Error)[];
let handshake: (token: string) => Partial<Delivered>;

const hook = 'https://hook.example/changes';

beforeEach(async () => {
  calls = [];
  answers = [];
  handshake = (text) => ({ status: 200, contentType: 'text/plain', text });
  onedrive = await startTester({
    kind: 'business',
    deliver: async (delivery) => {
      calls.push(delivery);
      const token = delivery.url.searchParams.get('validationToken');
      const answer = token === null ? (answers.shift() ?? {}) : handshake(token);
      if (answer instanceof Error) throw answer;
      return { status: 202, contentType: '', text: '', ...answer };
    },
  });
});

const inMinutes = (minutes: number) => new Date(onedrive.clock.now() + minutes * 60_000).toISOString();
const subscribe = (more: object = {}) =>
  onedrive.ask('POST', '/subscriptions', {
    body: {
      changeType: 'updated',
      notificationUrl: hook,
      resource: '/me/drive/root',
      expirationDateTime: inMinutes(60),
      clientState: 'secret',
      ...more,
    },
  });
const put = (text: string) => onedrive.ask('PUT', '/me/drive/root:/a.txt:/content', { body: text });
/** Lets background work run until its next wait. */
const settle = () => onedrive.clock.advance(0);
const notifications = () =>
  calls.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body).value[0]);

describe('a subscription', () => {
  it('is created if the notification URL returns the token', async () => {
    const made = await subscribe();
    expect([made.status, made.json.resource, made.json.clientState]).toEqual([
      201,
      '/me/drive/root',
      'secret',
    ]);
    expect(calls).toHaveLength(1);
    const { id } = made.json;
    expect((await onedrive.ask('GET', `/subscriptions/${id}`)).json.id).toBe(id);
    expect((await onedrive.ask('GET', '/subscriptions')).json.value).toHaveLength(1);
  });

  it.each([
    ['another status', (text: string) => ({ status: 202, contentType: 'text/plain', text })],
    ['another text', () => ({ status: 200, contentType: 'text/plain', text: 'ok' })],
    ['another type', (text: string) => ({ status: 200, contentType: 'text/html', text })],
  ])('is not created if the validation response is %s', async (_, answer) => {
    handshake = answer;
    const made = await subscribe();
    expect([made.status, made.json.error.innerError.code]).toEqual([400, 'validationFailed']);
    expect((await onedrive.ask('GET', '/subscriptions')).json.value).toEqual([]);
  });

  it.each([
    ['to plain http on another machine', { notificationUrl: 'http://hook.example/' }],
    ['for more than 42300 minutes', { expirationDateTime: '2026-03-02T00:00:00Z' }],
    ['in the past', { expirationDateTime: '2026-01-01T00:00:00Z' }],
    ['of deletions', { changeType: 'deleted' }],
    ['to an item that is not a folder', { resource: '/me/messages' }],
  ])('%s is refused', async (_, more) => {
    expect((await subscribe(more)).status).toBe(400);
    expect(calls).toEqual([]);
  });

  it('that already exists is refused, with its id', async () => {
    const { id } = (await subscribe()).json;
    const again = await subscribe();
    expect([again.status, again.json.error.code]).toEqual([409, 'ObjectIdentifierInUse']);
    expect(again.json.error.message).toContain(id);
  });

  it('is notified of changes, and not of requests that change nothing', async () => {
    const { id } = (await subscribe()).json;
    await put('one');
    await onedrive.ask('GET', '/me/drive/root/children');
    await settle();
    expect(notifications()).toEqual([
      expect.objectContaining({ subscriptionId: id, clientState: 'secret', resource: 'me/drive/root' }),
    ]);
    await put('two');
    await settle();
    expect(notifications()).toHaveLength(2);
  });

  it('is notified again until it accepts the notification', async () => {
    await subscribe();
    answers = [{ status: 500 }, new Error('no connection'), { status: 202 }];
    await put('one');
    await settle();
    expect(notifications()).toHaveLength(1);
    await onedrive.clock.advance(10_000);
    expect(notifications()).toHaveLength(2);
    await onedrive.clock.advance(60_000);
    expect(notifications()).toHaveLength(3);
    await onedrive.clock.advance(4 * 3600_000);
    expect(notifications()).toHaveLength(3);
  });

  it('can be renewed, and expires', async () => {
    const { id } = (await subscribe()).json;
    const path = `/subscriptions/${id}`;
    const renewed = await onedrive.ask('PATCH', path, { body: { expirationDateTime: inMinutes(120) } });
    expect([renewed.status, renewed.json.expirationDateTime]).toEqual([200, inMinutes(120)]);
    await onedrive.clock.advance(121 * 60_000);
    const token = onedrive.token();
    expect((await onedrive.ask('PATCH', path, { token, body: {} })).status).toBe(404);
  });

  it('that expired or was deleted is not notified', async () => {
    const { id } = (await subscribe()).json;
    expect((await onedrive.ask('DELETE', `/subscriptions/${id}`)).status).toBe(204);
    expect((await onedrive.ask('GET', `/subscriptions/${id}`)).status).toBe(404);
    await put('one');
    await settle();
    expect(notifications()).toEqual([]);
  });

  it('is notified of sharing changes only on request', async () => {
    await put('one');
    await subscribe();
    await onedrive.ask('POST', '/me/drive/root:/a.txt:/createLink', { body: { type: 'view' } });
    await settle();
    expect(notifications()).toEqual([]);
  });
});

describe('a subscription of a folder', () => {
  it('can be created, listed, renewed and deleted through the folder', async () => {
    const body = { changeType: 'updated', notificationUrl: hook, expirationDateTime: inMinutes(60) };
    const made = await onedrive.ask('POST', '/me/drive/root/subscriptions', { body });
    expect([made.status, made.json.resource]).toEqual([201, expect.stringMatching(/^\/drives\/b!.*\/root$/)]);
    const path = `/me/drive/root/subscriptions/${made.json.id}`;
    expect((await onedrive.ask('GET', '/me/drive/root/subscriptions')).json.value).toHaveLength(1);
    expect((await onedrive.ask('GET', path)).json.id).toBe(made.json.id);
    const later = { body: { expirationDateTime: inMinutes(90) } };
    expect((await onedrive.ask('PATCH', path, later)).json.expirationDateTime).toBe(inMinutes(90));
    expect((await onedrive.ask('POST', `${path}/reauthorize`)).status).toBe(204);
    await put('one');
    await settle();
    expect(notifications()).toHaveLength(1);
    const elsewhere = `/me/drive/root:/a.txt:/subscriptions/${made.json.id}`;
    expect((await onedrive.ask('GET', elsewhere)).status).toBe(404);
    expect((await onedrive.ask('DELETE', path)).status).toBe(204);
    expect((await onedrive.ask('GET', '/subscriptions')).json.value).toEqual([]);
  });
});

describe('a subscription with a lifecycle URL', () => {
  const lifecycle = { lifecycleNotificationUrl: 'https://hook.example/lifecycle' };
  const events = () =>
    notifications().flatMap(({ lifecycleEvent, subscriptionId, clientState }) =>
      lifecycleEvent === undefined ? [] : [[lifecycleEvent, subscriptionId, clientState]],
    );
  const look = async (token = onedrive.token()) => {
    await onedrive.ask('GET', '/me', { token });
    await settle();
  };

  it('is notified once before its token expires, and again after a renewal', async () => {
    const { id } = (await subscribe({ ...lifecycle, expirationDateTime: inMinutes(600) })).json;
    await look();
    expect(events()).toEqual([]);
    await onedrive.clock.advance(50 * 60_000);
    await look();
    await look();
    expect(events()).toEqual([['reauthorizationRequired', id, 'secret']]);
    const token = onedrive.token();
    const again = await onedrive.ask('POST', `/subscriptions/${id}/reauthorize`, { token });
    expect(again.status).toBe(204);
    await look();
    expect(events()).toHaveLength(1);
    await onedrive.clock.advance(50 * 60_000);
    await look();
    expect(events()).toHaveLength(2);
  });

  it('is notified of missed notifications after hours without a response', async () => {
    const { id } = (await subscribe({ ...lifecycle, expirationDateTime: inMinutes(600) })).json;
    answers = Array.from({ length: 9 }, () => new Error('no connection'));
    await put('one');
    for (let step = 0; step < 9; step++) await onedrive.clock.advance(4_200_000);
    await settle();
    expect(events()).toEqual([['missed', id, 'secret']]);
  });

  it('is notified of its removal when its account can no longer read the folder', async () => {
    const megan = 'megan@contoso.com';
    onedrive = await startTester({
      kind: 'personal',
      accounts: [{ drive: { files: { Docs: { folder: {} } } } }, { userPrincipalName: megan }],
      deliver: onedrive.world.deliver,
    });
    const shared = (
      await onedrive.ask('POST', '/me/drive/root:/Docs:/invite', {
        body: { recipients: [{ email: megan }], roles: ['read'], requireSignIn: true },
      })
    ).json.value[0];
    const { id, parentReference } = (await onedrive.ask('GET', '/me/drive/root:/Docs')).json;
    const token = onedrive.token({ account: megan });
    const made = await onedrive.ask('POST', '/subscriptions', {
      token,
      body: {
        changeType: 'updated',
        notificationUrl: hook,
        ...lifecycle,
        resource: `/drives/${parentReference.driveId}/items/${id}`,
        expirationDateTime: inMinutes(60),
      },
    });
    expect(made.status).toBe(201);
    await onedrive.ask('DELETE', `/me/drive/items/${id}/permissions/${shared.id}`);
    await settle();
    expect(events()).toEqual([['subscriptionRemoved', made.json.id, null]]);
    expect((await onedrive.ask('GET', `/subscriptions/${made.json.id}`, { token })).status).toBe(404);
  });
});

describe('the socket.io channel', () => {
  it('notifies a client of changes while it is connected', async () => {
    const server = await listen(onedrive.handler, { channels: onedrive.world });
    try {
      const { notificationUrl } = (await onedrive.ask('GET', '/me/drive/root/subscriptions/socketIo')).json;
      const { search, pathname } = new URL(notificationUrl);
      const socket = io(server.url + pathname + search, {
        transports: ['websocket'],
        reconnection: false,
        query: Object.fromEntries(new URLSearchParams(search)),
      });
      await new Promise<void>((resolve, reject) => {
        socket.on('connect', resolve);
        socket.on('connect_error', reject);
      });
      const told = new Promise<string>((resolve) => void socket.on('notification', resolve));
      await put('one');
      expect(JSON.parse(await told)).toMatchObject({ changeType: 'updated' });
      socket.disconnect();
    } finally {
      await server.close();
    }
  });

  it('handles other upgrades as plain requests', async () => {
    const server = await listen(onedrive.handler, { channels: onedrive.world });
    try {
      const status = await new Promise((resolve, reject) => {
        const headers = {
          connection: 'Upgrade, HTTP2-Settings',
          upgrade: 'h2c',
          'http2-settings': 'AAMAAABk',
        };
        get(`${server.url}/v1.0/me`, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(401);
    } finally {
      await server.close();
    }
  });

  it('disconnects a client with an unknown URL', async () => {
    const server = await listen(onedrive.handler, { channels: onedrive.world });
    try {
      const socket = io(`${server.url}/notifications`, {
        transports: ['websocket'],
        reconnection: false,
        query: { channel: 'made-up' },
      });
      const reason = await new Promise((resolve) => void socket.on('disconnect', resolve));
      expect(reason).toMatch(/server|transport/);
    } finally {
      await server.close();
    }
  });
});
