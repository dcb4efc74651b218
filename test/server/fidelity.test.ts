/** Rules of the service that clients' own tests rely on: taken names, check-ins, nulls, pages, dates. */
import { expect, test } from 'vitest';
import { startTester, type Tester } from './world.ts';

const kinds = ['personal', 'business'] as const;

const behaviors = ['fail', 'replace', 'rename'] as const;
const annotations = ['@microsoft.graph.conflictBehavior', '@name.conflictBehavior'] as const;

test.each(
  kinds.flatMap((kind) =>
    behaviors.flatMap((behavior) => annotations.map((annotation) => ({ kind, behavior, annotation }))),
  ),
)(
  'creating an upload session on a taken name is refused only with fail: $kind, $behavior, $annotation',
  async ({ kind, behavior, annotation }) => {
    const one = await startTester({ kind, seed: { 'Taken.txt': 'old' } });
    const { json: item } = await one.ask('GET', '/me/drive/root:/Taken.txt');
    const paths = ['root:/Taken.txt:', 'root:/taken.TXT:', `items/${item.id}`, 'items/root:/Taken.txt:'];
    for (const path of paths) {
      const body = { item: { [annotation]: behavior } };
      const { status, json } = await one.ask('POST', `/me/drive/${path}/createUploadSession`, { body });
      expect([path, status]).toEqual([path, behavior === 'fail' ? 409 : 200]);
      if (behavior === 'fail') expect(json.error.code).toBe('nameAlreadyExists');
    }
    const free = { body: { item: { [annotation]: behavior } } };
    expect((await one.ask('POST', '/me/drive/root:/free.txt:/createUploadSession', free)).status).toBe(200);
  },
);

/** All ways to create a file or a folder with a given name. */
const makers: Readonly<
  Record<string, (one: Tester, behavior: string) => Promise<{ status: number; name: string | undefined }>>
> = {
  'children POST of a folder': (one, behavior) =>
    made(one, 'POST', '/me/drive/root/children', { name: 'd', folder: {}, [annotations[0]]: behavior }),
  'PUT content of a file': async (one, behavior) => {
    const path = `/me/drive/root:/f.txt:/content?@microsoft.graph.conflictBehavior=${behavior}`;
    const { status, json } = await one.ask('PUT', path, { body: 'new' });
    return { status, name: json.name };
  },
  'PATCH that moves a file': (one, behavior) =>
    made(one, 'PATCH', '/me/drive/root:/other.txt', { name: 'f.txt', [annotations[0]]: behavior }),
};

async function made(one: Tester, method: string, path: string, body: object) {
  const { status, json } = await one.ask(method, path, { body });
  return { status, name: json.name as string | undefined };
}

test.each(Object.entries(makers))('%s follows each conflict behavior', async (_, make) => {
  for (const behavior of behaviors) {
    const one = await startTester({ seed: { 'f.txt': 'a', 'other.txt': 'b', d: { folder: {} } } });
    const { status, name } = await make(one, behavior);
    if (behavior === 'fail') expect(status).toBe(409);
    else if (behavior === 'rename') expect(name).toMatch(/ 1(?:\.txt)?$/);
    else expect([status, name?.includes(' 1')]).toEqual([200, false]);
  }
});

test('merging a folder with replace applies the properties in the request, and changes nothing else', async () => {
  const one = await startTester();
  const make = async (more: object) =>
    (
      await one.ask('POST', '/me/drive/root/children', {
        body: { name: 'd', folder: {}, '@microsoft.graph.conflictBehavior': 'replace', ...more },
      })
    ).json;
  const first = await make({ description: 'old' });
  const times = { lastModifiedDateTime: '2020-01-02T03:04:05Z' };
  const second = await make({ description: 'new', fileSystemInfo: times });
  expect(second).toMatchObject({ id: first.id, description: 'new', fileSystemInfo: times });
  const third = await make({});
  expect(third).toMatchObject({ description: 'new', eTag: second.eTag });
});

test('with the quirk session-holds-name, a business drive has at most one upload session per name', async () => {
  for (const kind of kinds) {
    for (const behavior of behaviors) {
      const one = await startTester({ kind, settings: { quirks: ['session-holds-name'] } });
      const open = (path: string) =>
        one.ask('POST', `/me/drive/root:/${path}:/createUploadSession`, {
          body: { item: { '@microsoft.graph.conflictBehavior': behavior } },
        });
      const first = await open('a.bin');
      const held = kind === 'business' || behavior === 'fail';
      expect((await open('A.bin')).status).toBe(held ? 409 : 200);
      expect((await open('b.bin')).status).toBe(200);
      await one.ask('DELETE', first.json.uploadUrl, { anonymous: true });
      if (kind === 'business') expect((await open('a.bin')).status).toBe(200);
    }
  }
});

test.each([
  {},
  { comment: '', checkInAs: '' },
  { comment: null, checkInAs: null },
  { comment: 'done', checkInAs: 'published' },
])('a check-in with %j publishes a new version', async (body) => {
  const one = await startTester({ kind: 'business', seed: { 'f.txt': 'one' } });
  const level = async () =>
    (await one.ask('GET', '/me/drive/root:/f.txt?$select=id,publication')).json.publication;
  const versions = async () =>
    (await one.ask('GET', '/me/drive/root:/f.txt:/versions')).json.value.map(({ id }: { id: string }) => id);
  expect(await level()).toEqual({ level: 'published', versionId: '1.0' });
  expect((await one.ask('POST', '/me/drive/root:/f.txt:/checkout')).status).toBe(204);
  expect((await level()).level).toBe('checkout');
  expect((await one.ask('POST', '/me/drive/root:/f.txt:/checkin', { body })).status).toBe(204);
  expect(await level()).toEqual({ level: 'published', versionId: '2.0' });
  expect(await versions()).toEqual(['2.0', '1.0']);
  expect((await one.ask('GET', '/me/drive/root:/f.txt')).json.publication).toBeUndefined();
});

test('a check-in after a content change creates one version only', async () => {
  const one = await startTester({ kind: 'business', seed: { 'f.txt': 'one' } });
  await one.ask('POST', '/me/drive/root:/f.txt:/checkout');
  await one.ask('PUT', '/me/drive/root:/f.txt:/content', { body: 'two' });
  await one.ask('POST', '/me/drive/root:/f.txt:/checkin', { body: {} });
  const { json } = await one.ask('GET', '/me/drive/root:/f.txt:/versions');
  expect(json.value).toMatchObject([
    { id: '2.0', size: 3 },
    { id: '1.0', size: 3 },
  ]);
});

/** Parameters that the OpenAPI document declares nullable, by action. */
const nullable: readonly (readonly [string, object, readonly string[]])[] = [
  [
    'createLink',
    { type: 'view' },
    ['expirationDateTime', 'message', 'password', 'recipients', 'scope', 'type'],
  ],
  ['createLink', { type: 'view' }, ['retainInheritedPermissions', 'sendNotification']],
  ['createUploadSession', {}, ['deferCommit', 'item']],
  ['preview', {}, ['page', 'zoom']],
  ['copy', { name: 'copy.txt' }, ['childrenOnly', 'includeAllVersionHistory', 'parentReference']],
  [
    'invite',
    { recipients: [{ email: 'x@example.com' }], roles: ['read'], requireSignIn: true },
    ['expirationDateTime', 'message', 'password', 'retainInheritedPermissions', 'sendInvitation'],
  ],
];

test.each(nullable.flatMap(([action, body, names]) => names.map((name) => [action, name, body] as const)))(
  '%s accepts null for %s',
  async (action, name, body) => {
    for (const kind of kinds) {
      if (action === 'preview' && kind === 'personal') continue;
      const one = await startTester({ kind, seed: { 'f.txt': 'one' } });
      const path = `/me/drive/root:/f.txt:/${action}`;
      expect((await one.ask('POST', path, { body: { ...body, [name]: null } })).status).toBeLessThan(300);
    }
  },
);

test.each(['permissions', 'versions', 'thumbnails', 'activities', 'listItem/versions'])(
  '%s is returned in pages of $top',
  async (collection) => {
    const one = await startTester({ kind: 'business', seed: { 'f.txt': 'one' } });
    await one.ask('PUT', '/me/drive/root:/f.txt:/content', { body: 'two' });
    await one.ask('POST', '/me/drive/root:/f.txt:/createLink', {
      body: { type: 'view', scope: 'organization' },
    });
    const all = (await one.ask('GET', `/me/drive/root:/f.txt:/${collection}`)).json;
    const found: unknown[] = [];
    let next: string | undefined = `/me/drive/root:/f.txt:/${collection}?$top=1`;
    while (next !== undefined) {
      const { json } = await one.ask('GET', next);
      expect(json.value.length).toBeLessThanOrEqual(1);
      found.push(...json.value);
      next = json['@odata.nextLink'];
    }
    expect(found).toEqual(all.value);
  },
);

test("granting by an item's own address gives access and returns it as existing access", async () => {
  const one = await startTester({
    kind: 'business',
    seed: { 'f.txt': 'one' },
  });
  const { json: item } = await one.ask('GET', '/me/drive/root:/f.txt');
  const token = `u!${Buffer.from(item.webUrl).toString('base64url')}`;
  const body = { recipients: [{ email: 'pat@example.com' }], roles: ['read'] };
  const { status, json } = await one.ask('POST', `/shares/${token}/permission/grant`, { body });
  expect(status).toBe(200);
  expect(json.value).toMatchObject([
    {
      id: '00000000-0000-0000-0000-000000000000',
      roles: ['read'],
      link: { scope: 'existingAccess', webUrl: item.webUrl },
    },
  ]);
  const { json: list } = await one.ask('GET', `/me/drive/items/${item.id}/permissions`);
  expect(
    list.value.some(
      (entry: { invitation?: { email: string } }) => entry.invitation?.email === 'pat@example.com',
    ),
  ).toBe(true);
});

test.each([
  ['2026-01-01', '2026-01-03'],
  ['2026-01-01T00:00:00Z', '2026-01-03T00:00:00.000Z'],
  ['01-01-2026', '01-03-2026'],
  ['1/1/2026', '1/3/2026'],
])('activities are counted between %s and %s', async (from, to) => {
  const one = await startTester({ kind: 'business', seed: { 'f.txt': 'one' } });
  const span = `startDateTime='${encodeURIComponent(from)}',endDateTime='${encodeURIComponent(to)}',interval='day'`;
  const { status, json } = await one.ask('GET', `/me/drive/root:/f.txt:/getActivitiesByInterval(${span})`);
  expect(status).toBe(200);
  expect(json.value.map((one_: { startDateTime: string }) => one_.startDateTime)).toEqual([
    '2026-01-01T00:00:00Z',
    '2026-01-02T00:00:00Z',
  ]);
});

test('on personal drives folders have a view, listings have a count, and new items contain the application', async () => {
  const one = await startTester();
  await one.ask('POST', '/me/drive/root/children', { body: { name: 'd', folder: {} } });
  const { json } = await one.ask('GET', '/me/drive/root/children');
  expect(json['@odata.count']).toBe(1);
  expect(json.value[0]).toMatchObject({
    folder: { childCount: 0, view: { viewType: 'thumbnails', sortBy: 'name', sortOrder: 'ascending' } },
    createdBy: { application: { displayName: 'Application' }, user: {} },
  });
  const business = await startTester({ kind: 'business', seed: { d: { folder: {} } } });
  const other = (await business.ask('GET', '/me/drive/root/children')).json;
  expect(other['@odata.count']).toBeUndefined();
  expect(other.value[0].folder).toEqual({ childCount: 0 });
});

test('quirks add a link to invitations, and embed links for folders, on personal drives', async () => {
  for (const on of [false, true]) {
    const quirks = on ? (['invite-with-link', 'embed-folders'] as const) : [];
    const one = await startTester({ seed: { d: { folder: {} } }, settings: { quirks } });
    const body = { recipients: [{ email: 'x@example.com' }], roles: ['read'], requireSignIn: true };
    const { json } = await one.ask('POST', '/me/drive/root:/d:/invite', { body });
    expect('link' in json.value[0]).toBe(on);
    const embed = await one.ask('POST', '/me/drive/root:/d:/createLink', { body: { type: 'embed' } });
    expect(embed.status).toBe(on ? 201 : 400);
  }
});
