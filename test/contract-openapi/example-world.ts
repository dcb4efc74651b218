/** What the placeholders of Microsoft's examples stand for: a server with something of every kind. */
import sharp from 'sharp';
import { type Answer, startTester, type Tester } from '../server/world.ts';

export interface Scene {
  readonly onedrive: Tester;
  readonly kind: 'personal' | 'business';
  /** Values of `{placeholders}`. */
  readonly values: Readonly<Record<string, string>>;
}

const ryan = (kind: string) => (kind === 'business' ? 'ryan@contoso.com' : 'ryan@outlook.com');

/** Starts a server and makes what the examples speak of. */
export async function openScene(kind: 'personal' | 'business'): Promise<Scene> {
  const picture = await sharp({ create: { width: 1000, height: 1200, channels: 3, background: '#38a' } })
    .jpeg()
    .toBuffer();
  const onedrive = await startTester({
    kind,
    accounts: [
      {
        userPrincipalName: 'misty@contoso.com',
        drive: {
          files: {
            Documents: { folder: { 'myfile.jpg': { bytes: picture }, Documents: { folder: {} } } },
            FolderA: { folder: {} },
            'Contoso Project': { folder: { 'Proposal.docx': 'x', 'Update to Proposal.docx': 'y' } },
            'Contoso Project 2016': { folder: {} },
            'file.txt': 'x'.repeat(2048),
            'Vacation.jpg': { bytes: picture },
          },
        },
      },
      {
        userPrincipalName: ryan(kind),
        displayName: 'Ryan Gregg',
        drive: { files: { 'March Proposal.docx': 'm' } },
      },
      { userPrincipalName: 'john@contoso.com', displayName: 'John Smith' },
    ],
    ...(kind === 'business'
      ? {
          sites: [
            {
              path: 'sites/siteA',
              displayName: 'Team A Site',
              group: 'a@contoso.com',
              libraries: [{ files: { 'Gadget.txt': 'g' } }, { name: 'Inventory' }],
            },
            { path: 'sites/siteB', displayName: 'Team B Site' },
            { path: 'sites/siteA/sub', displayName: 'Sub' },
          ],
        }
      : {}),
    deliver: async ({ url }) => ({
      status: 200,
      contentType: 'text/plain',
      text: url.searchParams.get('validationToken') ?? '',
    }),
  });
  return { onedrive, kind, values: await valuesOf(onedrive, kind) };
}

async function valuesOf(onedrive: Tester, kind: 'personal' | 'business'): Promise<Record<string, string>> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every shape
  const ok = async (asked: Promise<Answer>): Promise<any> => {
    const answer = await asked;
    if (answer.status >= 300) throw new Error(`The scene cannot be set: ${answer.text}`);
    return answer.text === '' ? undefined : answer.json;
  };
  const get = (path: string) => ok(onedrive.ask('GET', path));
  const toRyan = onedrive.token({ account: ryan(kind) });
  const file = await get('/me/drive/root:/file.txt');
  for (const text of ['second', 'third'])
    await ok(onedrive.ask('PUT', `/me/drive/items/${file.id}/content`, { body: text }));
  const share = {
    recipients: [{ email: ryan(kind) }],
    roles: ['write'],
    requireSignIn: true,
    sendInvitation: false,
  };
  const {
    value: [permission],
  } = await ok(onedrive.ask('POST', `/me/drive/items/${file.id}/invite`, { body: share }));
  await ok(onedrive.ask('POST', '/me/drive/root:/Documents:/invite', { body: share }));
  const link = await ok(
    onedrive.ask('POST', `/me/drive/items/${file.id}/createLink`, {
      body: { type: 'edit', ...(kind === 'business' ? { scope: 'users' } : {}) },
    }),
  );
  const march = (await onedrive.ask('GET', '/me/drive/root:/March Proposal.docx', { token: toRyan })).json;
  await ok(
    onedrive.ask('POST', `/me/drive/items/${march.id}/invite`, {
      token: toRyan,
      body: { ...share, recipients: [{ email: 'misty@contoso.com' }] },
    }),
  );
  const team = (
    await ok(
      onedrive.ask('POST', '/me/drive/root/children', { token: toRyan, body: { name: 'Team', folder: {} } }),
    )
  ).id as string;
  await ok(
    onedrive.ask('PUT', `/me/drive/items/${team}:/Team Roster.xlsx:/content`, { token: toRyan, body: 'x' }),
  );
  await ok(
    onedrive.ask('POST', `/me/drive/items/${team}/invite`, {
      token: toRyan,
      body: { ...share, recipients: [{ email: 'misty@contoso.com' }] },
    }),
  );
  const folder = (await get('/me/drive/root:/Contoso Project')).id as string;
  const folderLink = await ok(
    onedrive.ask('POST', `/me/drive/items/${folder}/createLink`, { body: { type: 'view' } }),
  );
  const subscription = await ok(
    onedrive.ask('POST', '/subscriptions', {
      body: {
        changeType: 'updated',
        notificationUrl: 'https://hook.example/a',
        resource: '/me/drive/root',
        clientState: 'c',
        expirationDateTime: new Date(onedrive.clock.now() + 3_600_000).toISOString(),
      },
    }),
  );
  const gone = await ok(onedrive.ask('PUT', '/me/drive/root:/gone.txt:/content', { body: 'x' }));
  await ok(onedrive.ask('DELETE', `/me/drive/items/${gone.id}`));
  const session = await ok(onedrive.ask('POST', '/me/drive/root:/largefile.vhd:/createUploadSession'));
  const common = {
    drive: file.parentReference.driveId,
    file: file.id,
    folder,
    folderShare: folderLink.shareId,
    gone: gone.id,
    documents: (await get('/me/drive/root:/Documents')).id,
    image: (await get('/me/drive/root:/Vacation.jpg')).id,
    permission: permission.id,
    link: link.id,
    share: link.shareId,
    newParent: (await get('/me/drive/root:/FolderA')).id,
    subscription: subscription.id,
    upload: session.uploadUrl,
    remoteDrive: march.parentReference.driveId,
    remoteFolder: team,
    ryan: ryan(kind),
  };
  if (kind === 'personal') return common;
  const site = await get('/sites/root:/sites/siteA');
  const lists = await get(`/sites/${site.id}/lists`);
  const gadget = await get(`/sites/${site.id}/drive/root:/Gadget.txt`);
  for (const text of ['two', 'three'])
    await ok(
      onedrive.ask('PUT', `/drives/${gadget.parentReference.driveId}/items/${gadget.id}/content`, {
        body: text,
      }),
    );
  await ok(
    onedrive.ask('PATCH', `/drives/${gadget.parentReference.driveId}/items/${gadget.id}/listItem/fields`, {
      body: { Name: 'Gadget', Color: 'Red', Quantity: 503 },
    }),
  );
  const row = await get(`/drives/${gadget.parentReference.driveId}/items/${gadget.id}/listItem`);
  await ok(onedrive.ask('POST', `/me/drive/items/${file.id}/follow`));
  return {
    ...common,
    site: site.id,
    list: lists.value[0].id,
    listTitle: lists.value[0].displayName,
    row: row.id,
    otherSite: (await get('/sites/root:/sites/siteB')).id,
  };
}
