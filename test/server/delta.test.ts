/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked into as they came */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startTester, type Tester } from './world.ts';

interface Known {
  readonly name: string;
  readonly parent: string | undefined;
  readonly size: number;
}

/** A client: follows the links to the end; the last entry wins, deleted items are removed, parents come first. */
async function follow(
  one: Tester,
  url: string,
  tree: Map<string, Known>,
  onPage = async () => {},
): Promise<string> {
  let next = url;
  for (;;) {
    const { json, status } = await one.ask('GET', next);
    expect(status).toBe(200);
    for (const item of json.value) {
      if (item.deleted !== undefined) tree.delete(item.id);
      else {
        const parent = item.parentReference.id;
        if (parent !== undefined) expect(tree.has(parent)).toBe(true);
        tree.set(item.id, { name: item.name, parent, size: 'folder' in item ? -1 : item.size });
      }
    }
    expect('@odata.nextLink' in json).not.toBe('@odata.deltaLink' in json);
    if (json['@odata.deltaLink'] !== undefined) return json['@odata.deltaLink'];
    next = json['@odata.nextLink'];
    await onPage();
  }
}

/** The tree according to listings. */
async function listed(one: Tester): Promise<Map<string, Known>> {
  const { json: root } = await one.ask('GET', '/me/drive/root');
  const tree = new Map<string, Known>([[root.id, { name: 'root', parent: undefined, size: -1 }]]);
  const queue = [root.id];
  for (const id of queue) {
    const { json } = await one.ask('GET', `/me/drive/items/${id}/children?$top=1000`);
    for (const item of json.value) {
      tree.set(item.id, { name: item.name, parent: id, size: 'folder' in item ? -1 : item.size });
      if ('folder' in item) queue.push(item.id);
    }
  }
  return tree;
}

const folder = fc.constantFrom('', '/a', '/b', '/a/c', '/b/d');
const step = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    at: folder,
    name: fc.constantFrom('x', 'y', 'z'),
    size: fc.nat(3),
  }),
  fc.record({ do: fc.constant('make' as const), at: folder, name: fc.constantFrom('a', 'b', 'c', 'd') }),
  fc.record({
    do: fc.constant('move' as const),
    from: folder,
    name: fc.constantFrom('x', 'y', 'a', 'c'),
    to: folder,
  }),
  fc.record({ do: fc.constant('delete' as const), at: folder, name: fc.constantFrom('x', 'a', 'b', 'c') }),
  fc.record({
    do: fc.constant('rename' as const),
    at: folder,
    name: fc.constantFrom('x', 'a', 'b'),
    to: fc.constantFrom('y', 'c', 'b'),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function perform(one: Tester, action: Step): Promise<void> {
  const path = (at: string, name: string): string => `/me/drive/root:${at}/${name}:`;
  switch (action.do) {
    case 'put':
      await one.ask('PUT', `${path(action.at, action.name)}/content`, { body: 'x'.repeat(action.size) });
      return;
    case 'make':
      await one.ask('PUT', `${path(action.at, action.name)}/children/made/content`, { body: '' });
      return;
    case 'move':
      await one.ask('PATCH', path(action.from, action.name), {
        body: { parentReference: { path: `/drive/root:${action.to}` } },
      });
      return;
    case 'delete':
      await one.ask('DELETE', path(action.at, action.name));
      return;
    case 'rename':
      await one.ask('PATCH', path(action.at, action.name), { body: { name: action.to } });
  }
}

describe.each(['personal', 'business'] as const)('delta of a %s drive', (kind) => {
  test('a client that follows it has the same tree, whatever changes between and during enumerations', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (steps, top, within) => {
          const one = await startTester({
            kind,
            seed: { a: { folder: { x: '1', c: { folder: { y: '22' } } } }, b: { folder: {} } },
          });
          const tree = new Map<string, Known>();
          const rest = [...steps];
          const some = async (): Promise<void> => {
            for (const action of rest.splice(0, 2)) await perform(one, action);
          };
          let link = await follow(one, `/me/drive/root/delta?$top=${top}`, tree, within ? some : undefined);
          while (rest.length > 0) {
            await some();
            link = await follow(one, link, tree, within ? some : undefined);
          }
          await follow(one, link, tree);
          expect(sorted(tree)).toEqual(sorted(await listed(one)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('has the properties of deleted items of this kind of drive', async () => {
    const one = await startTester({ kind, seed: { 'x.txt': '1' } });
    const { json } = await one.ask('GET', '/me/drive/root/delta?token=latest');
    expect(json.value).toEqual([]);
    await one.ask('DELETE', '/me/drive/root:/x.txt');
    const { json: changed } = await one.ask('GET', json['@odata.deltaLink']);
    const [tombstone] = changed.value.filter((item: any) => item.deleted);
    expect(tombstone).toMatchObject({
      deleted: { state: 'deleted' },
      parentReference: { driveId: expect.any(String), id: expect.any(String) },
      file: { hashes: { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } },
    });
    expect('name' in tombstone).toBe(kind === 'personal');
    expect(tombstone).not.toHaveProperty('cTag');
  });
});

function sorted(tree: Map<string, Known>): unknown {
  return [...tree].sort(([left], [right]) => (left < right ? -1 : 1));
}

describe('a delta token', () => {
  test('can be sent in every form that clients use, and contains the options', async () => {
    const one = await startTester({ seed: { a: '1', b: '2', c: '3' } });
    const { json } = await one.ask('GET', '/me/drive/root/delta?$top=2&$select=name');
    const token = new URL(json['@odata.nextLink']).searchParams.get('token') ?? '';
    const { json: root } = await one.ask('GET', '/me/drive/root');
    for (const form of [
      `delta?token=${token}`,
      `delta(token='${token}')`,
      `delta?(token='${token}')`,
      `microsoft.graph.delta(token='${token}')`,
    ]) {
      for (const from of ['/me/drive/root', `/me/drive/items/${root.id}`, '/me/drive']) {
        const { json: page } = await one.ask('GET', `${from}/${form}`);
        expect([form, Object.keys(page.value.at(-1))]).toEqual([form, ['id', 'name']]);
        expect(page.value.at(-1).name).toBe('c');
      }
    }
  });

  test('that is malformed gives 400, and one for a deleted drive gives 404', async () => {
    const one = await startTester({ seed: { a: '1' } });
    expect((await one.ask('GET', '/me/drive/root/delta?token=junk')).json.error.code).toBe('invalidRequest');
    for (const name of ['b', 'c', 'd'])
      await one.ask('PUT', `/me/drive/root:/${name}:/content`, { body: name });
    const { json } = await one.ask('GET', '/me/drive/root/delta?token=latest');
    await one.reset();
    const stale = await one.ask('GET', json['@odata.deltaLink']);
    expect(stale.status).toBe(404);
  });

  test('that is too old gives 410 resyncRequired, and Location starts a new enumeration', async () => {
    const one = await startTester({ seed: { a: '1' }, settings: { deltaHistory: 2 } });
    const { json } = await one.ask('GET', '/me/drive/root/delta?token=latest');
    for (const name of ['b', 'c', 'd'])
      await one.ask('PUT', `/me/drive/root:/${name}:/content`, { body: name });
    const answer = await one.ask('GET', json['@odata.deltaLink']);
    expect([answer.status, answer.json.error.code, answer.json.error.innerError.code]).toEqual([
      410,
      'resyncRequired',
      'resyncChangesApplyDifferences',
    ]);
    const { json: fresh } = await one.ask('GET', answer.headers.get('location') ?? '');
    expect(fresh.value).toHaveLength(5);
  });

  test('may be a time on business drives', async () => {
    const one = await startTester({ kind: 'business', seed: { old: '1', gone: '2' } });
    await one.clock.advance(60_000);
    const since = new Date(one.clock.now() - 1000).toISOString();
    await one.ask('PUT', '/me/drive/root:/new:/content', { body: 'x' });
    await one.ask('DELETE', '/me/drive/root:/gone');
    const { json } = await one.ask('GET', `/me/drive/root/delta?token=${encodeURIComponent(since)}`);
    expect(json.value.map((item: any) => item.name ?? 'deleted')).toEqual(['root', 'new', 'deleted']);
    const personal = await startTester();
    expect((await personal.ask('GET', `/me/drive/root/delta?token=${since}`)).status).toBe(400);
  });

  test('of a folder covers that folder only; business drives do not support it', async () => {
    const seed = { a: { folder: { x: '1' } }, b: '2' };
    const one = await startTester({ seed });
    const { json } = await one.ask('GET', '/me/drive/root:/a:/delta');
    expect(json.value.map((item: any) => item.name)).toEqual(['a', 'x']);
    const business = await startTester({ seed, kind: 'business' });
    expect((await business.ask('GET', '/me/drive/root:/a:/delta')).status).toBe(400);
  });
});

test.each(['', '/a'])(
  'an enumeration of %s reports nothing that was deleted before it began, on any page',
  async (below) => {
    const one = await startTester({
      seed: { a: { folder: { 'kept.txt': 'k', 'gone.txt': 'g' } }, 'gone-too.txt': 'x' },
    });
    for (const path of ['/a/gone.txt', '/gone-too.txt']) await one.ask('DELETE', `/me/drive/root:${path}:`);
    await one.ask('PUT', '/me/drive/root:/a/late.txt:/content', { body: 'l' });
    const start = below === '' ? '/me/drive/root/delta' : `/me/drive/root:${below}:/delta`;
    for (const top of [1, 2, 200]) {
      const entries: any[] = [];
      let next = `${start}?$top=${top}`;
      while (next !== '') {
        const { json } = await one.ask('GET', next);
        entries.push(...json.value);
        next = json['@odata.nextLink'] ?? '';
      }
      expect(entries.filter((item) => item.deleted !== undefined)).toEqual([]);
      expect(entries.map(({ name }) => name)).toEqual(expect.arrayContaining(['kept.txt', 'late.txt']));
    }
    await one.close();
  },
);
