/** Only the documented response of a call is success. */
import { describe, expect, it } from 'vitest';
import {
  type ScriptedAnswer,
  type ScriptedStep,
  scripted,
} from '../../../../../test/scripted/scripted-transport.ts';
import type { GraphClient } from '../client.ts';
import * as graph from '../index.ts';
import { itemAt, itemById, myDrive } from '../index.ts';

const base = 'https://graph.example/v1.0';

function clientOf(signed: readonly ScriptedStep[], plain: readonly ScriptedStep[] = [], baseUrl = base) {
  const [a, b] = [scripted(signed), scripted(plain)];
  return { client: { transport: a.transport, plain: b.transport, baseUrl }, seen: a.seen, plainly: b.seen };
}

const at = itemAt('c.txt');
const id = itemById('1');
const empty = { parentReference: { id: 'p' } };
const invitation = { recipients: [], roles: ['read'], requireSignIn: true, sendInvitation: false };

/** One call of each kind. */
const calls: readonly (readonly [string, (client: GraphClient) => Promise<unknown>])[] = [
  ['delete', (client) => graph.deleteItem(client, myDrive, at)],
  ['delete permanently', (client) => graph.permanentDelete(client, myDrive, id)],
  ['delete a permission', (client) => graph.deletePermission(client, myDrive, id, 'p')],
  ['delete a version', (client) => graph.deleteVersion(client, myDrive, id, '1.0')],
  ['restore a version', (client) => graph.restoreVersion(client, myDrive, id, '1.0')],
  ['check out', (client) => graph.checkOut(client, myDrive, id)],
  ['read', (client) => graph.getItem(client, myDrive, at)],
  ['read the drive', (client) => graph.getDrive(client, myDrive)],
  ['create a folder', (client) => graph.createFolder(client, myDrive, at, 'n', { conflict: 'fail' })],
  ['change', (client) => graph.updateItem(client, myDrive, id, { name: 'n' }, { conflict: 'fail' })],
  ['copy', (client) => graph.copyItem(client, myDrive, id, empty)],
  ['create a link', (client) => graph.createLink(client, myDrive, id, { type: 'view' })],
  ['invite', (client) => graph.invite(client, myDrive, id, invitation)],
  [
    'find the content',
    (client) =>
      graph.getContentUrl(client, myDrive, id).then((place) => {
        if (place.kind === 'bytes') throw Object.assign(new Error('bytes'), { code: 'protocol' });
      }),
  ],
  [
    'list',
    async (client) => {
      for await (const page of graph.listChildren(client, myDrive, at).pages()) expect(page).toBeDefined();
    },
  ],
];

const page = { 'content-type': 'text/html' };
const portal: ScriptedAnswer = { status: 200, headers: page, text: '<!doctype html><p>Sign in' };

describe('undocumented responses', () => {
  it.each(calls)('a captive portal is never taken for success: %s', async (_, call) => {
    await expect(call(clientOf([portal]).client)).rejects.toMatchObject({ code: 'protocol' });
  });

  it.each(calls)('206 is not success either: %s', async (_, call) => {
    const { client } = clientOf([{ status: 206, json: { id: '1' } }]);
    await expect(call(client)).rejects.toMatchObject({ code: 'protocol' });
  });

  it.each([
    ['an empty 200 for a deletion', { status: 200 }, calls[0]],
    ['202 for a deletion', { status: 202 }, calls[0]],
    ['204 where an item is documented', { status: 204 }, calls[6]],
    ['a list where an object is documented', { json: [] }, calls[6]],
    ['null', { json: null }, calls[6]],
    ['JSON that is declared to be a page', { headers: page, json: { id: '1' } }, calls[6]],
    ['200 for a copy', { status: 200, json: {} }, calls[10]],
  ] as const)('%s is a protocol error', async (_, answer, call) => {
    await expect(call?.[1](clientOf([answer]).client)).rejects.toMatchObject({ code: 'protocol' });
  });

  it.each(['application/json', 'application/json;odata.metadata=minimal', 'application/problem+json', ''])(
    'the media type "%s" is JSON',
    async (type) => {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const { client } = clientOf([{ headers, json: { id: '1' } }]);
      await expect(graph.getItem(client, myDrive, at)).resolves.toEqual({ id: '1' });
    },
  );

  it('applies to each call of a batch', async () => {
    const responses = [{ id: '0', status: 200, body: 'x' }];
    const [error] = await graph.deleteItems(clientOf([{ json: { responses } }]).client, myDrive, [id]);
    expect(error).toMatchObject({ code: 'protocol' });
  });
});

describe('URLs from the service', () => {
  const item = { '@microsoft.graph.conflictBehavior': 'fail' } as const;
  const open = (client: GraphClient) => graph.createUploadSession(client, myDrive, at, { item });

  it.each(['file:///etc/passwd', 'http://up.example/1', 'ftp://up.example/1', 'javascript:1', 'up/1', null])(
    '%j is refused for content of an encrypted service',
    async (uploadUrl) => {
      await expect(open(clientOf([{ json: { uploadUrl } }]).client)).rejects.toMatchObject({
        code: 'protocol',
      });
    },
  );

  it.each(['https://up.example/1', 'http://127.0.0.1:1/1', 'http://localhost:1/1', 'http://[::1]:1/1'])(
    '%s accepts them',
    async (uploadUrl) => {
      await expect(open(clientOf([{ json: { uploadUrl } }]).client)).resolves.toMatchObject({ uploadUrl });
    },
  );

  it('may be unencrypted if the service is', async () => {
    const { client } = clientOf(
      [{ json: { uploadUrl: 'http://up.example/1' } }],
      [],
      'http://graph.example/v1.0',
    );
    await expect(open(client)).resolves.toMatchObject({ uploadUrl: 'http://up.example/1' });
  });

  it('are checked at each use, because a journal may contain an older one', async () => {
    const { client, plainly } = clientOf([]);
    await expect(graph.getUploadSession(client, 'http://up.example/1')).rejects.toMatchObject({
      code: 'protocol',
    });
    await expect(graph.readContent(client, 'file:///x', { what: 'read' })).rejects.toMatchObject({
      code: 'protocol',
    });
    await expect(graph.getMonitor(client, 'http://mon.example/1')).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(plainly).toHaveLength(0);
  });

  it('are followed through a few redirects, without the token', async () => {
    const to = (location: string) => ({ status: 302, headers: { location } });
    const { client, seen, plainly } = clientOf([], [to('/b'), to('https://c.example/c'), { text: 'bytes' }]);
    const response = await graph.readContent(client, 'https://a.example/a', { what: 'read', start: 1 });
    expect(response.status).toBe(200);
    expect(plainly.map(({ url }) => url)).toEqual([
      'https://a.example/a',
      'https://a.example/b',
      'https://c.example/c',
    ]);
    expect(plainly.map(({ headers }) => headers['range'])).toEqual(['bytes=1-', 'bytes=1-', 'bytes=1-']);
    expect(seen).toHaveLength(0);
    const circle = clientOf(
      [],
      Array.from({ length: 20 }, () => to('/a')),
    );
    const read = graph.readContent(circle.client, 'https://a.example/a', { what: 'read' });
    await expect(read).rejects.toMatchObject({ code: 'protocol' });
    expect(circle.plainly.length).toBeLessThan(10);
    const plain = clientOf([], [to('http://d.example/d')]);
    await expect(
      graph.readContent(plain.client, 'https://a.example/a', { what: 'read' }),
    ).rejects.toMatchObject({
      code: 'protocol',
    });
  });
});

describe('the monitor of a copy', () => {
  const there = 'https://mon.example/1';
  const read = (signed: readonly ScriptedStep[], plain: readonly ScriptedStep[]) => {
    const { client, seen, plainly } = clientOf(signed, plain);
    return { answer: graph.getMonitor(client, there), seen, plainly };
  };

  it('with status 303 without a body leads to the copy, with the token on the origin of the API only', async () => {
    const own = read(
      [{ json: { id: 'i', name: 'c' } }],
      [{ status: 303, headers: { location: `${base}/i` } }],
    );
    expect(await own.answer).toEqual({ status: 'completed', resourceId: 'i' });
    expect(own.seen).toHaveLength(1);
    const far = read(
      [],
      [{ status: 303, headers: { location: 'https://o.example/i' } }, { json: { id: 'j' } }],
    );
    expect(await far.answer).toEqual({ status: 'completed', resourceId: 'j' });
  });

  it('that leads to an unreadable address means a copy with an unknown id', async () => {
    const far = read([], [{ status: 303, headers: { location: 'https://o.example/i' } }, { status: 401 }]);
    expect(await far.answer).toEqual({ status: 'completed' });
    expect(await read([], [{ status: 303 }]).answer).toEqual({ status: 'completed' });
  });

  it('is interpreted by the status in its body, whatever the HTTP status', async () => {
    const failed = { status: 'failed', error: { code: 'nameAlreadyExists' } };
    for (const status of [200, 202, 303, 409, 500])
      expect(await read([], [{ status, json: failed }]).answer).toEqual(failed);
  });

  it('that never reports a status is not waited for forever', async () => {
    await expect(read([], [{ status: 200, json: {} }]).answer).rejects.toMatchObject({ code: 'protocol' });
    await expect(read([], [portal]).answer).rejects.toMatchObject({ code: 'protocol' });
    await expect(read([], [{ status: 404 }]).answer).rejects.toMatchObject({ code: 'not-found' });
    expect(await read([], [{ status: 202 }]).answer).toEqual({ status: 'inProgress' });
  });
});

describe('lists', () => {
  const children = async (steps: readonly ScriptedStep[]) => {
    const { client, seen } = clientOf(steps);
    const ids: string[] = [];
    const error: unknown = await (async () => {
      for await (const item of graph.listChildren(client, myDrive, at)) ids.push(item.id);
    })().catch((thrown: unknown) => thrown);
    return { ids, error, requests: seen.length };
  };
  const next = (n: number) => `${base}/next?$skiptoken=${n}`;
  const endless = (value: (n: number) => unknown[]) =>
    Array.from({ length: 500 }, (_, n) => ({ json: { value: value(n), '@odata.nextLink': next(n) } }));

  it.each([
    ['return the same items with ever new links', () => [{ id: '1' }, { id: '2' }]],
    ['are empty with ever new links', () => []],
    ['return the same items without ids', () => [{ name: 'x' }]],
  ])('whose pages %s end with a protocol error', async (_, value) => {
    const { ids, error, requests } = await children(endless(value));
    expect(error).toMatchObject({ code: 'protocol' });
    expect(requests).toBeLessThan(100);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('whose links form a cycle end with a protocol error', async () => {
    const step = (n: number, to: number) => ({
      json: { value: [{ id: `${n}` }], '@odata.nextLink': next(to) },
    });
    const { error, requests } = await children([step(0, 1), step(1, 2), step(2, 3), step(3, 1), step(4, 2)]);
    expect(error).toMatchObject({ code: 'protocol' });
    expect(requests).toBe(4);
  });

  it('return an item once that moved from one page to the next', async () => {
    const pages = [
      { json: { value: [{ id: '1' }, { id: '2' }], '@odata.nextLink': next(1) } },
      { json: { value: [{ id: '2' }, { id: '3' }] } },
    ];
    expect(await children(pages)).toMatchObject({ ids: ['1', '2', '3'], error: undefined });
  });

  it.each([
    ['null', [{ id: '1' }, null]],
    ['a text', ['x']],
    ['a list', [[]]],
  ])('that contain %s are a protocol error', async (_, value) => {
    expect((await children([{ json: { value } }])).error).toMatchObject({ code: 'protocol' });
  });

  it.each([7, '', {}])('whose next link is %j are a protocol error', async (link) => {
    const { error } = await children([{ json: { value: [], '@odata.nextLink': link } }]);
    expect(error).toMatchObject({ code: 'protocol' });
  });
});

describe('delta', () => {
  const round = async (steps: readonly ScriptedStep[], from?: string) => {
    const { client, seen } = clientOf(steps);
    const ids: string[] = [];
    for await (const item of graph.getDelta(client, myDrive, itemAt(), { from })) ids.push(item.id);
    return { ids, url: seen[0]?.url };
  };

  it('that ends without a delta link is incomplete', async () => {
    await expect(round([{ json: { value: [{ id: '1' }] } }])).rejects.toMatchObject({ code: 'protocol' });
  });

  it('returns an item again with its latest state', async () => {
    const pages = [
      { json: { value: [{ id: '1' }], '@odata.nextLink': `${base}/delta?token=b` } },
      { json: { value: [{ id: '1' }], '@odata.deltaLink': `${base}/delta?token=c` } },
    ];
    expect((await round(pages)).ids).toEqual(['1', '1']);
  });

  it.each([
    'nonsense',
    '',
    'https://evil.example/v1.0/me/drive/root/delta?token=1',
    `${base}/me`,
    'delta?token=1',
  ])('from %j is a mistake of the caller, and nothing is sent', async (from) => {
    await expect(round([], from)).rejects.toMatchObject({ code: 'usage' });
  });

  it('from a time requests the changes since then', async () => {
    const last = { json: { value: [], '@odata.deltaLink': `${base}/delta?token=c` } };
    expect((await round([last], '2026-11-23T10:00:00Z')).url).toContain('token=2026-11-23T10%3A00%3A00Z');
  });
});

it.each([
  ['contoso.sharepoint.com:/', '/sites/contoso.sharepoint.com'],
  ['contoso.sharepoint.com:', '/sites/contoso.sharepoint.com'],
  ['contoso.sharepoint.com:/sites/a b', '/sites/contoso.sharepoint.com:/sites/a%20b'],
])('the site %j has the address %s', async (site, path) => {
  const { client, seen } = clientOf([{ json: { id: 's' } }]);
  await graph.getSite(client, site);
  expect(seen[0]?.url).toBe(base + path);
});
