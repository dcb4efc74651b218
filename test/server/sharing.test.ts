/** Permissions, invitations and links: who can access an item and how, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

const alex = 'alex@outlook.com';
const megan = 'megan@outlook.com';

let onedrive: Tester;
let toMegan: string;
let driveId: string;

const encode = (url: string): string => `u!${Buffer.from(url).toString('base64url')}`;
const secondsFromNow = (seconds: number): string =>
  new Date(onedrive.clock.now() + seconds * 1000).toISOString();

async function start(kind: 'personal' | 'business', files = { Docs: { folder: { 'a.txt': 'hello' } } }) {
  onedrive = await startTester({
    kind,
    accounts: [{ userPrincipalName: alex, drive: { files } }, { userPrincipalName: megan }],
  });
  toMegan = onedrive.token({ account: megan });
  driveId = (await onedrive.ask('GET', '/me/drive')).json.id;
}

const invite = (roles: string[], path = '/me/drive/root:/Docs:') =>
  onedrive.ask('POST', `${path}/invite`, {
    body: { recipients: [{ email: megan }], roles, requireSignIn: true, sendInvitation: false },
  });
const link = (body: object, path = '/me/drive/root:/Docs/a.txt:') =>
  onedrive.ask('POST', `${path}/createLink`, { body });

describe('an account', () => {
  beforeEach(() => start('personal'));

  it('has no access to the drive of another', async () => {
    for (const path of ['', '/root', '/root/children', '/root:/Docs/a.txt', '/items/nope'])
      expect((await onedrive.ask('GET', `/drives/${driveId}${path}`, { token: toMegan })).status).toBe(403);
    expect((await onedrive.ask('GET', `/users/${alex}/drive`, { token: toMegan })).status).toBe(403);
    expect((await onedrive.ask('GET', '/drives/none', { token: toMegan })).status).toBe(404);
  });

  it('can read items that were shared with it and everything below them, and nothing else', async () => {
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Docs')).json;
    await onedrive.ask('PUT', '/me/drive/root:/private.txt:/content', { body: 'x' });
    expect((await invite(['read'])).status).toBe(200);
    const listing = await onedrive.ask('GET', `/drives/${driveId}/items/${id}/children`, { token: toMegan });
    expect(listing.json.value.map((item: { name: string }) => item.name)).toEqual(['a.txt']);
    const secret = await onedrive.ask('GET', `/drives/${driveId}/root:/private.txt`, { token: toMegan });
    expect(secret.status).toBe(403);
    const put = await onedrive.ask('PUT', `/drives/${driveId}/items/${id}:/b.txt:/content`, {
      token: toMegan,
      body: 'b',
    });
    expect([put.status, put.json.error.code]).toEqual([403, 'accessDenied']);
  });

  it('can write with the role write', async () => {
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/Docs')).json;
    await invite(['write']);
    const put = await onedrive.ask('PUT', `/drives/${driveId}/items/${id}:/b.txt:/content`, {
      token: toMegan,
      body: 'b',
    });
    expect([put.status, put.json.createdBy.user.displayName]).toEqual([201, 'Megan']);
    const moved = await onedrive.ask('PATCH', `/drives/${driveId}/items/${put.json.id}`, {
      token: toMegan,
      body: { parentReference: { id: (await onedrive.ask('GET', '/me/drive/root')).json.id } },
    });
    expect(moved.status).toBe(403);
  });

  it('lists items that were shared with it as remote items', async () => {
    await invite(['read']);
    const { value } = (await onedrive.ask('GET', '/me/drive/sharedWithMe', { token: toMegan })).json;
    expect(value).toHaveLength(1);
    expect(value[0].name).toBe('Docs');
    const { remoteItem } = value[0];
    expect(remoteItem.parentReference.driveId).toBe(driveId);
    const path = `/drives/${remoteItem.parentReference.driveId}/items/${remoteItem.id}`;
    expect((await onedrive.ask('GET', path, { token: toMegan })).json.folder.childCount).toBe(1);
  });
});

describe('permissions', () => {
  beforeEach(() => start('personal'));

  it('are listed with the owner first, and on personal drives contain the folder they are inherited from', async () => {
    await invite(['read']);
    const { value } = (await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt:/permissions')).json;
    expect(value.map((one: { roles: string[] }) => one.roles)).toEqual([['owner'], ['read']]);
    expect(value[1].grantedTo.user.displayName).toBe('Megan');
    expect(value[1].inheritedFrom.path).toBe(`/drives/${driveId}/root:/Docs`);
    const own = await onedrive.ask('GET', `/drives/${driveId}/root:/Docs:/permissions`, { token: toMegan });
    expect(own.json.value).toHaveLength(1);
  });

  it('can be changed and deleted', async () => {
    const [{ id }] = (await invite(['read'])).json.value;
    const path = `/me/drive/root:/Docs:/permissions/${id}`;
    const changed = await onedrive.ask('PATCH', path, { body: { roles: ['write'] } });
    expect([changed.status, changed.json.roles]).toEqual([200, ['write']]);
    expect((await onedrive.ask('GET', path)).json.roles).toEqual(['write']);
    expect((await onedrive.ask('DELETE', path)).status).toBe(204);
    expect((await onedrive.ask('GET', path)).status).toBe(404);
    const read = await onedrive.ask('GET', `/drives/${driveId}/root:/Docs`, { token: toMegan });
    expect(read.status).toBe(403);
  });

  it('of the owner cannot be changed, and inherited ones only on their own folder', async () => {
    const [{ id }] = (await invite(['read'])).json.value;
    const owner = await onedrive.ask('DELETE', '/me/drive/root:/Docs:/permissions/owner');
    expect(owner.status).toBe(403);
    const below = await onedrive.ask('DELETE', `/me/drive/root:/Docs/a.txt:/permissions/${id}`);
    expect([below.status, below.json.error.code]).toEqual([400, 'invalidRequest']);
  });

  it('are not inherited by an item that does not retain them', async () => {
    await invite(['read']);
    await onedrive.ask('POST', '/me/drive/root:/Docs/a.txt:/createLink', {
      body: { type: 'view', retainInheritedPermissions: false },
    });
    const path = `/drives/${driveId}/root:/Docs/a.txt`;
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(403);
  });

  it('expire', async () => {
    await onedrive.ask('POST', '/me/drive/root:/Docs:/invite', {
      body: {
        recipients: [{ email: megan }],
        roles: ['read'],
        requireSignIn: true,
        expirationDateTime: secondsFromNow(60),
      },
    });
    const path = `/drives/${driveId}/root:/Docs`;
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(200);
    await onedrive.clock.advance(61_000);
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(403);
  });

  it('cannot be added to the root of a personal drive', async () => {
    const root = await invite(['read'], '/me/drive/root');
    expect([root.status, root.json.error.innerError.code]).toEqual([400, 'sharingFailed']);
  });
});

describe('a sharing link', () => {
  beforeEach(() => start('personal'));

  it('that is anonymous can be redeemed without a token, by its URL and by its shareId', async () => {
    const { link: made, shareId } = (await link({ type: 'view' })).json;
    for (const token of [encode(made.webUrl), shareId]) {
      const item = await onedrive.ask('GET', `/shares/${token}/driveItem`, { anonymous: true });
      expect([item.status, item.json.name]).toEqual([200, 'a.txt']);
      const content = await onedrive.ask('GET', `/shares/${token}/root/content`, { anonymous: true });
      expect(content.status).toBe(302);
      const bytes = await onedrive.ask('GET', content.headers.get('location') ?? '', { anonymous: true });
      expect(bytes.text).toBe('hello');
    }
    const share = await onedrive.ask('GET', `/shares/${shareId}?$expand=driveItem`, { anonymous: true });
    expect(share.json).toMatchObject({
      name: 'a.txt',
      owner: { user: { id: driveId } },
      driveItem: { size: 5 },
    });
  });

  it('for viewing allows no writing, and for editing allows signed-in users to write', async () => {
    for (const [type, status] of [
      ['view', 403],
      ['edit', 200],
    ] as const) {
      const { shareId } = (await link({ type })).json;
      const put = await onedrive.ask('PUT', `/shares/${shareId}/driveItem/content`, {
        token: toMegan,
        body: type,
      });
      expect(put.status).toBe(status);
    }
  });

  it('gives permanent access only to callers that redeem it', async () => {
    const { shareId } = (await link({ type: 'view' })).json;
    const path = `/drives/${driveId}/root:/Docs/a.txt`;
    const once = { prefer: 'redeemSharingLinkIfNecessary' };
    await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { token: toMegan, headers: once });
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(403);
    const ever = { prefer: 'redeemSharingLink' };
    await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { token: toMegan, headers: ever });
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(200);
  });

  it('for editing, redeemed by a user with read access, allows writing', async () => {
    const path = `/drives/${driveId}/root:/Docs/a.txt:/content`;
    for (const [type, status] of [
      ['view', 403],
      ['edit', 200],
    ] as const) {
      const { shareId } = (await link({ type })).json;
      const headers = { prefer: 'redeemSharingLink' };
      await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { token: toMegan, headers });
      expect((await onedrive.ask('PUT', path, { token: toMegan, body: 'new' })).status).toBe(status);
    }
  });

  it('becomes invalid when it expires or its permission is deleted', async () => {
    const first = (await link({ type: 'view', expirationDateTime: secondsFromNow(60) })).json;
    await onedrive.clock.advance(61_000);
    const late = await onedrive.ask('GET', `/shares/${first.shareId}/driveItem`);
    expect([late.status, late.json.error.code]).toEqual([404, 'itemNotFound']);
    const second = (await link({ type: 'view' })).json;
    await onedrive.ask('DELETE', `/me/drive/root:/Docs/a.txt:/permissions/${second.id}`);
    expect((await onedrive.ask('GET', `/shares/${second.shareId}/driveItem`)).status).toBe(404);
  });

  it('with a password can be used only by its owner at first', async () => {
    const { shareId, hasPassword } = (await link({ type: 'view', password: 'geheim' })).json;
    expect(hasPassword).toBe(true);
    const other = await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { anonymous: true });
    expect([other.status, other.json.error.innerError.code]).toEqual([403, 'passwordRequired']);
    expect((await onedrive.ask('GET', `/shares/${shareId}/driveItem`)).status).toBe(200);
  });

  it('gives access only to its item', async () => {
    await onedrive.ask('PUT', '/me/drive/root:/private.txt:/content', { body: 'x' });
    const { id } = (await onedrive.ask('GET', '/me/drive/root:/private.txt')).json;
    const { shareId } = (await link({ type: 'view' }, '/me/drive/root:/Docs:')).json;
    expect((await onedrive.ask('GET', `/shares/${shareId}/items/${id}`, { anonymous: true })).status).toBe(
      403,
    );
  });

  it('is in the shared facet, and in the delta only for clients that request sharing changes', async () => {
    await start('business');
    const first = (await onedrive.ask('GET', '/me/drive/root/delta?token=latest')).json['@odata.deltaLink'];
    await link({ type: 'view', scope: 'organization' });
    expect((await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt')).json.shared).toMatchObject({
      scope: 'organization',
    });
    expect((await onedrive.ask('GET', first)).json.value).toEqual([]);
    const prefer = 'deltashowremovedasdeleted, deltatraversepermissiongaps, deltashowsharingchanges';
    const { value } = (await onedrive.ask('GET', first, { headers: { prefer } })).json;
    expect(value.at(-1)).toMatchObject({ name: 'a.txt', '@microsoft.graph.sharedChanged': 'True' });
  });
});

describe('on a business drive', () => {
  beforeEach(() => start('business'));

  it('every link needs an account', async () => {
    const { shareId } = (await link({ type: 'view', scope: 'anonymous' })).json;
    expect((await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { anonymous: true })).status).toBe(401);
    const read = await onedrive.ask('GET', `/shares/${shareId}/driveItem`, { token: toMegan });
    expect(read.status).toBe(200);
  });

  it('a link for specific people works for them, and for people added later', async () => {
    const { shareId } = (await link({ type: 'view', scope: 'users' })).json;
    const path = `/shares/${shareId}/driveItem`;
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(403);
    const grant = await onedrive.ask('POST', `/shares/${shareId}/permission/grant`, {
      body: { recipients: [{ email: megan }], roles: ['read'] },
    });
    expect(grant.json.value[0].grantedToIdentitiesV2[0].user.email).toBe(megan);
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(200);
  });

  it('a permission of an application is created, listed, changed and deleted like others', async () => {
    const path = '/me/drive/root:/Docs/a.txt:/permissions';
    const application = { id: '89ea5c94-7736-4e25-95ad-3fa95f62b66e', displayName: 'Backup' };
    const body = { roles: ['read'], grantedToV2: { application } };
    const made = await onedrive.ask('POST', path, { body });
    expect([made.status, made.json.grantedToV2]).toEqual([201, { application }]);
    const own = `${path}/${made.json.id}`;
    const changed = await onedrive.ask('PATCH', own, { body: { roles: ['write'] } });
    expect(changed.json.roles).toEqual(['write']);
    expect((await onedrive.ask('GET', path)).json.value).toContainEqual(
      expect.objectContaining({ id: made.json.id, roles: ['write'] }),
    );
    expect((await onedrive.ask('GET', '/me/drive/root:/Docs/a.txt')).json.shared).toBeUndefined();
    expect((await onedrive.ask('DELETE', own)).status).toBe(204);
    const user = { roles: ['read'], grantedToV2: { user: { id: 'x' } } };
    expect((await onedrive.ask('POST', path, { body: user })).status).toBe(400);
  });

  it('a link for specific people lists them in the response', async () => {
    const made = await link({ type: 'view', scope: 'users', recipients: [{ email: megan }] });
    expect(made.json.grantedToIdentitiesV2[0].user.email).toBe(megan);
    const path = `/shares/${made.json.shareId}/driveItem`;
    expect((await onedrive.ask('GET', path, { token: toMegan })).status).toBe(200);
  });

  it("a link's roles cannot be changed", async () => {
    const { id } = (await link({ type: 'view' })).json;
    const patched = await onedrive.ask('PATCH', `/me/drive/root:/Docs/a.txt:/permissions/${id}`, {
      body: { roles: ['write'] },
    });
    expect([patched.status, patched.json.error.code]).toEqual([400, 'notSupported']);
  });
});
