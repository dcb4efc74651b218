/** What the examples of Microsoft's pages need to be played: which drive, which item, and what the page leaves out. */
import type { Scene } from './example-world.ts';
import type { Staging } from './replay.ts';

const personal = { kind: 'personal' } as const;

/** Puts a value that came into being only now where `{name}` finds it. */
function set(scene: Scene, name: string, value: unknown): void {
  (scene.values as Record<string, string>)[name] = String(value);
}

const soon = (scene: Scene) => new Date(scene.onedrive.clock.now() + 7_200_000).toISOString();
const ask = (scene: Scene, method: string, path: string, body?: object | string) =>
  scene.onedrive.ask(method, path, body === undefined ? {} : { body });

const fragment = (scene: Scene, from: number, to: number) =>
  scene.onedrive.ask('PUT', scene.values['upload'] ?? '', {
    anonymous: true,
    headers: { 'content-range': `bytes ${from}-${to}/128`, 'content-length': String(to - from + 1) },
    body: 'x'.repeat(to - from + 1),
  });

const download = async (scene: Scene) => {
  const answer = await ask(scene, 'GET', `/me/drive/items/${scene.values['image']}/content`);
  set(scene, 'download', answer.headers.get('location'));
};

const someChanges = async (scene: Scene) => {
  const { json } = await ask(scene, 'GET', '/me/drive/root/delta?token=latest');
  set(scene, 'token', new URL(json['@odata.deltaLink']).searchParams.get('token'));
  await ask(scene, 'POST', '/me/drive/root/children', { name: 'folder2', folder: {} });
  await ask(scene, 'PUT', '/me/drive/root:/file5.txt:/content', 'x');
  for (const gone of ['file', 'newParent'])
    await ask(scene, 'DELETE', `/me/drive/items/${scene.values[gone]}`);
};

const deferred = async (scene: Scene) => {
  const { json } = await ask(scene, 'POST', '/me/drive/root:/late.vhd:/createUploadSession', {
    deferCommit: true,
  });
  set(scene, 'upload', json.uploadUrl);
  await fragment(scene, 0, 127);
};

const addShortcut = async (scene: Scene) => {
  const { json } = await ask(scene, 'POST', '/me/drive/root/children', shortcut(scene));
  set(scene, 'shortcut', json.id);
};
const shortcut = ({ values }: Scene) => ({
  name: 'Team Documents',
  remoteItem: { id: values['remoteFolder'], parentReference: { driveId: values['remoteDrive'] } },
});

const picture = async ({ onedrive, values }: Scene) => {
  const { headers } = await onedrive.ask('GET', `/me/drive/items/${values['image']}/content`);
  const { bytes } = await onedrive.ask('GET', headers.get('location') ?? '', { anonymous: true });
  return bytes;
};
const setThumbnail = async (scene: Scene) => {
  const url = `/me/drive/items/${scene.values['file']}/thumbnails/0/source/content`;
  await scene.onedrive.ask('PUT', url, {
    body: await picture(scene),
    headers: { 'content-type': 'image/jpeg' },
  });
};

const image = { item: 'image' } as const;
const sites = ({ values }: Scene) => ({ value: [{ id: values['site'] }, { id: values['otherSite'] }] });
const wrongSite = ({ values }: Scene) => ({ value: [{ id: 'nowhere,1,2' }, { id: values['site'] }] });
const dropped = 'in no schema of Graph v1.0 any more';
const notSent = {
  '.notificationContentType is missing': dropped,
  '.value[].notificationContentType is missing': dropped,
};

/** By name, or by name and status where a page shows several answers. */
export const stagings: Readonly<Record<string, Staging>> = {
  'get-drive-by-id': { lacks: { '.quota.fileCount is missing': 'in no schema of Graph v1.0' } },
  'view-recent-files': {
    ...personal,
    lacks: {
      '.value[].remoteItem is missing': 'a list of the files of one drive here',
      '.value[].fileSystemInfo.lastAccessedDateTime is missing': 'the time of the last read is not recorded',
    },
  },
  'list-activities': {
    lacks: {
      '.value[].action.comment is missing': 'there are no comments on files here',
      '.value[].action.mention is missing': 'there are no comments on files here',
      '.value[].action.rename is missing': 'earlier names are not kept',
    },
  },
  'shared-by-me': personal,
  'checkin-item': {
    before: (scene) => ask(scene, 'POST', `/me/drive/items/${scene.values['file']}/checkout`),
  },
  'copy-item': {
    body: ({ values }) => ({
      parentReference: { driveId: values['drive'], id: values['newParent'] },
      name: 'copy.txt',
    }),
  },
  'create-link': personal,
  'create-embedded-link': personal,
  'upload-fragment-piece': { url: '{upload}', body: () => 'x'.repeat(26) },
  'upload-fragment-final': {
    url: '{upload}',
    before: (scene) => fragment(scene, 0, 100),
    body: () => 'x'.repeat(27),
    headers: { 'Content-Range': 'bytes 101-127/128', 'Content-Length': '27' },
  },
  'commit-upload': { before: deferred, url: '{upload}' },
  'upload-fragment-cancel': { url: '{upload}' },
  'upload-fragment-resume': { url: '{upload}', before: (scene) => fragment(scene, 0, 25) },
  get_item_delta_first: {
    lacks: { '.value[].deleted is missing': 'an enumeration begins with what there is' },
  },
  'get-drive-root': {
    lacks: {
      '.createdBy.user.id is missing': 'the root is made by the system, as in recorded answers',
      '.lastModifiedBy.user.id is missing': 'the root is made by the system, as in recorded answers',
    },
  },
  'get-item-delta-last': { ...personal, before: someChanges, url: "/me/drive/root/delta(token='{token}')" },
  'download-item-partial': { before: download, url: '{download}' },
  'convert-item-content': image,
  'get-item-permissions': {
    ...personal,
    before: async (scene) => {
      const made = await ask(scene, 'PUT', '/me/drive/root:/Documents/shared.txt:/content', 'x');
      set(scene, 'sharedFile', made.json.id);
      await ask(scene, 'POST', `/me/drive/items/${made.json.id}/createLink`, { type: 'edit' });
    },
    item: 'sharedFile',
  },
  'enum-item-thumbnails': image,
  'get-one-thumbnail': image,
  'get-thumbnail-content': image,
  'get-thumbnail-custom-size': image,
  'get-thumbnail-while-listing': { item: 'documents' },
  'enum-mountpoint': { url: '/drives/{remoteDrive}/items/{remoteFolder}/children' },
  'move-item': {
    body: ({ values }) => ({ parentReference: { id: values['newParent'] }, name: 'new-item-name.txt' }),
  },
  'upload-multipart': personal,
  'upload-via-put-id': {
    status: [200, 'the page shows the answer to a creation; replacing is 200 on the service'],
  },
  'add-custom-thumbnail': { ...personal, body: picture },
  'get-custom-thumbnail': { ...personal, before: setThumbnail },
  'upload-from-url': personal,
  'update-listitem': { status: [200, 'what the service says; the page shows the status of a creation'] },
  'get-shared-driveitem-expand-children': { item: 'folder' },
  'filtering-image-file': {
    ...personal,
    lacks: { '.@search.approximateCount is missing': 'in one example, and on no answer that was recorded' },
  },
  item_search_all: {
    lacks: {
      '.value[].remoteItem is missing': 'a search of a drive stays on it; search/query goes over all',
    },
  },
  'list-sites': {
    url: '/sites?select=id,name,root,siteCollection,webUrl&filter=siteCollection/root%20ne%20null',
    lacks: {
      '.value[].siteCollection.dataLocationCode is missing': 'of tenants in several geographies only',
    },
  },
  'permission-grant': {
    lacks: Object.fromEntries(
      ['grantedTo', 'grantedToIdentities', 'invitation', 'link.webUrl', 'id'].map((name) => [
        `.value[].${name} is missing`,
        'one permission is returned: the link, with the people who may use it',
      ]),
    ),
  },
  'add-subscription-graph': {
    body: (scene) => ({
      changeType: 'updated',
      notificationUrl: 'https://hook.example/b',
      resource: '/me/drive/root',
      expirationDateTime: soon(scene),
      clientState: 'client-specific string',
    }),
  },
  create_subscription_from_subscriptions: {
    body: (scene) => ({
      changeType: 'updated',
      notificationUrl: 'https://hook.example/b',
      resource: '/me/drive/root',
      expirationDateTime: soon(scene),
      clientState: 'secret',
    }),
    lacks: notSent,
  },
  'patch-subscription-graph': { body: (scene) => ({ expirationDateTime: soon(scene) }) },
  update_subscription: { body: (scene) => ({ expirationDateTime: soon(scene) }), lacks: notSent },
  get_subscription: { lacks: notSent },
  get_subscriptions: { lacks: notSent },
  delete_subscription: { url: '/subscriptions/{id}' },
  'lro-copy-item-example 202': {
    body: () => ({ parentReference: { path: '/drive/root:/Documents' }, name: 'Copy of LargeFolder1' }),
  },
  'add-mountpoint': { ...personal, body: shortcut },
  'delete-mountpoint': { ...personal, before: addShortcut },
  'send-sharing-invite': {
    body: (scene) => ({
      recipients: [{ email: 'ryan@contoso.com' }],
      message: 'Here.',
      requireSignIn: true,
      sendInvitation: true,
      roles: ['write'],
      expirationDateTime: soon(scene),
    }),
  },
  'restore-item': {
    ...personal,
    item: 'gone',
    body: ({ values }) => ({
      parentReference: { id: values['newParent'] },
      name: 'new-restored-item-name.txt',
    }),
  },
  'follow-site 200': { body: sites },
  'follow-site 207': { body: wrongSite },
  'unfollow-site 204': {
    before: (scene) => ask(scene, 'POST', '/users/misty@contoso.com/followedSites/add', sites(scene)),
    body: sites,
  },
  'unfollow-site 207': { body: wrongSite },
  'create-list': {
    body: () => ({ displayName: 'Books', list: { template: 'documentLibrary' } }),
    lacks: Object.fromEntries(
      ['createdBy.user.id', 'lastModifiedBy'].map((name) => [
        `.${name} is missing`,
        'who made a library is not kept',
      ]),
    ),
  },
};

/** Examples that are not replayed, and why. */
export const notReplayed: Readonly<Record<string, string>> = {
  'create-listitem': 'rows of a library are made by uploading files',
  'upload-from-url': 'a preview that never became part of v1.0; this server sends no requests',
  'lro-copy-item-example 303':
    'the answer of the monitor, not of the request; see test/server/copies.test.ts',
};
