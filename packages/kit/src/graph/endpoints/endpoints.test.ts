import { describe, expect, it } from 'vitest';
import { type ScriptedStep, scripted } from '../../../../../test/scripted/scripted-transport.ts';
import { bytesBody } from '../../http/bodies.ts';
import {
  copyItem,
  createFolder,
  createUploadSession,
  getContentUrl,
  getDelta,
  getItem,
  getMonitor,
  itemAt,
  itemById,
  listChildren,
  myDrive,
  putContent,
  putFragment,
  search,
  updateItem,
} from '../index.ts';

const base = 'https://graph.example/v1.0';

function clientOf(signed: readonly ScriptedStep[], plain: readonly ScriptedStep[] = []) {
  const a = scripted(signed);
  const b = scripted(plain);
  return {
    client: { transport: a.transport, plain: b.transport, baseUrl: base },
    seen: a.seen,
    plainly: b.seen,
  };
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

describe('lists', () => {
  it('a next link is followed unchanged, and an empty page in between does not end the list', async () => {
    const { client, seen } = clientOf([
      { json: { value: [{ id: '1' }], '@odata.nextLink': `${base}/x?$skiptoken=a%2Fb` } },
      { json: { value: [], '@odata.nextLink': `${base}/y` } },
      { json: { value: [{ id: '2' }] } },
    ]);
    expect(await all(listChildren(client, myDrive, itemAt('d'), { top: 1 }))).toEqual([
      { id: '1' },
      { id: '2' },
    ]);
    expect(seen.map((request) => request.url)).toEqual([
      `${base}/me/drive/root:/d:/children?$top=1`,
      `${base}/x?$skiptoken=a%2Fb`,
      `${base}/y`,
    ]);
  });

  it('a next link to another origin is refused before the token is sent there', async () => {
    const { client, seen } = clientOf([
      { json: { value: [], '@odata.nextLink': 'https://evil.example/v1.0/x' } },
    ]);
    await expect(all(listChildren(client, myDrive, itemAt('d')))).rejects.toMatchObject({ code: 'protocol' });
    expect(seen).toHaveLength(1);
  });

  it('a response without a list is a protocol error', async () => {
    const { client } = clientOf([{ json: { id: 'x' } }]);
    await expect(all(listChildren(client, myDrive, itemAt('d')))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('a page that links to itself ends in an error, not in a loop', async () => {
    const again = { json: { value: [], '@odata.nextLink': `${base}/x` } };
    const { client } = clientOf([again, again, again]);
    await expect(all(listChildren(client, myDrive, itemAt('d')))).rejects.toMatchObject({ code: 'protocol' });
  });

  it('a delta link is followed unchanged, and its pages too', async () => {
    const { client, seen } = clientOf([{ json: { value: [], '@odata.deltaLink': `${base}/delta?token=2` } }]);
    const pages = await all(
      getDelta(client, myDrive, itemById('r'), { from: `${base}/delta?token=1` }).pages(),
    );
    expect(pages[0]?.['@odata.deltaLink']).toBe(`${base}/delta?token=2`);
    expect(seen[0]?.url).toBe(`${base}/delta?token=1`);
  });

  it('search doubles single quotes', async () => {
    const { client, seen } = clientOf([{ json: { value: [] } }]);
    await all(search(client, myDrive, itemAt(), "o'neil"));
    expect(seen[0]?.url).toBe(`${base}/me/drive/root/search(q='o%27%27neil')`);
  });
});

describe('answers', () => {
  it.each([
    ['HTML', { text: '<!doctype html><p>Sign in' }],
    ['nothing', {}],
    ['a truncated body', { text: '{"id":"1","na' }],
    ['a list', { json: [] }],
  ])('%s instead of an item is a protocol error that names the call', async (_, answer) => {
    const { client } = clientOf([answer]);
    const call = getItem(client, myDrive, itemAt('a', 'b'));
    await expect(call).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('find /a/b'),
    });
  });

  it('after a change with status 204 and no body, the item is read under its new name', async () => {
    const { client, seen } = clientOf([{ status: 204 }, { json: { id: '1', name: 'new' } }]);
    const item = await updateItem(client, myDrive, itemAt('d', 'old'), { name: 'new' }, { conflict: 'fail' });
    expect(item.name).toBe('new');
    expect(seen[1]?.url).toBe(`${base}/me/drive/root:/d/new`);
  });

  it.each([undefined, 'https://graph.microsof\uFFFD.com/up', 'up/1'])(
    'an invalid upload URL (%j) is refused before bytes are sent to it',
    async (uploadUrl) => {
      const { client } = clientOf([{ json: { uploadUrl } }]);
      const item = { '@microsoft.graph.conflictBehavior': 'fail' } as const;
      const opening = createUploadSession(client, myDrive, itemAt('n'), { item });
      await expect(opening).rejects.toMatchObject({ code: 'protocol' });
    },
  );

  it('the conflict behavior is always sent', async () => {
    const { client, seen } = clientOf([
      { json: {} },
      { json: {} },
      { json: { uploadUrl: 'https://u.example' } },
    ]);
    await createFolder(client, myDrive, itemAt(), 'n', { conflict: 'fail' });
    await putContent(client, myDrive, itemAt('n'), bytesBody(new Uint8Array(1)), { conflict: 'rename' });
    const item = { '@microsoft.graph.conflictBehavior': 'replace', fileSize: 9 } as const;
    await createUploadSession(client, myDrive, itemAt('n'), { item });
    expect(JSON.parse(Buffer.from(seen[0]!.body).toString())).toEqual({
      name: 'n',
      folder: {},
      '@microsoft.graph.conflictBehavior': 'fail',
    });
    expect(seen[1]?.url).toContain('?@microsoft.graph.conflictBehavior=rename');
    expect(JSON.parse(Buffer.from(seen[2]!.body).toString())).toEqual({ item });
  });
});

describe('pre-authenticated URLs', () => {
  it('fragments and monitors never use the signing transport', async () => {
    const { client, seen, plainly } = clientOf(
      [],
      [
        { status: 202, json: { nextExpectedRanges: ['4-'] } },
        { status: 201, json: { id: 'i' } },
        { json: { status: 'completed' } },
      ],
    );
    const body = bytesBody(new Uint8Array(4));
    const part = { start: 0, end: 4, total: 8 };
    expect(await putFragment(client, 'https://u.example/s', part, body)).toMatchObject({ kind: 'more' });
    expect(
      await putFragment(client, 'https://u.example/s', { ...part, start: 4, end: 8 }, body),
    ).toMatchObject({
      kind: 'item',
    });
    expect(await getMonitor(client, 'https://m.example/1')).toEqual({ status: 'completed' });
    expect(seen).toHaveLength(0);
    expect(plainly.map((request) => request.headers['content-range'])).toEqual([
      'bytes 0-3/8',
      'bytes 4-7/8',
      undefined,
    ]);
  });

  it('a monitor with status 303 is read, not followed', async () => {
    const { client } = clientOf([], [{ status: 303, json: { status: 'completed', resourceId: 'x' } }]);
    expect((await getMonitor(client, 'https://m.example/1')).resourceId).toBe('x');
  });

  it("the content is at the redirect's address, or in a 200 response", async () => {
    const { client } = clientOf([
      { status: 302, headers: { location: 'https://d.example/1' } },
      { text: 'abc' },
    ]);
    expect(await getContentUrl(client, myDrive, itemAt('f'))).toEqual({
      kind: 'url',
      url: 'https://d.example/1',
    });
    expect(await getContentUrl(client, myDrive, itemAt('f'))).toMatchObject({ kind: 'bytes' });
  });

  it('a copy without a monitor URL is an error', async () => {
    const { client } = clientOf([{ status: 202 }]);
    const copy = copyItem(client, myDrive, itemAt('f'), { parentReference: { id: 'p' } });
    await expect(copy).rejects.toMatchObject({ code: 'protocol' });
  });
});
