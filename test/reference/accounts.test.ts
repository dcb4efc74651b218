/**
 * docs/reference/accounts.md: what works on which account, found out by doing it on the embedded server, which refuses
 * what Microsoft documents as refused. `npx vitest run test/reference -u` updates it.
 */
import { expect, test } from 'vitest';
import {
  bytesSink,
  type Drive,
  deleteTrash,
  deltaBelow,
  downloadVersion,
  findDrive,
  listTrash,
  openDrive,
  parseDriveAddress,
  planRestore,
  previewPage,
  removeMany,
  restoreTrash,
  sharingAudit,
  thumbnailsOf,
} from '../../packages/kit/src/drive/index.ts';
import { isOneDriveError } from '../../packages/kit/src/errors/index.ts';
import type { GraphClient } from '../../packages/kit/src/graph/client.ts';
import * as graph from '../../packages/kit/src/graph/index.ts';
import type { DriveRef } from '../../packages/kit/src/graph/item-ref.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

interface Subject {
  readonly drive: Drive;
  readonly client: GraphClient;
  readonly ref: DriveRef;
  /** What another person sees the service by. */
  readonly other: GraphClient;
}

async function drain(list: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const one of list) found.push(one);
  return found;
}

const file = graph.itemAt('a.txt');
const now = '2027-01-01T00:00:00Z';

/** Commands and what they come down to. Each starts on a drive of its own with `a.txt` of two versions in it. */
const probes: readonly (readonly [string, (on: Subject) => Promise<unknown>])[] = [
  ['ls, tree, find, du, dups', ({ drive }) => drain(drive.subtree(''))],
  ['search', ({ drive }) => drain(drive.search('a'))],
  ['recent', ({ drive }) => drain(drive.recent())],
  ['put, get, cat, head, edit', ({ drive }) => drive.read('a.txt')],
  ['mkdir, mv, info_set, touch', ({ drive }) => drive.rename('a.txt', 'b.txt')],
  ['info_set: description', ({ drive }) => drive.update('a.txt', { description: 'x' })],
  ['cp', ({ drive }) => drive.copy('a.txt', '', { name: 'b.txt' })],
  ['rm', ({ drive }) => removeMany(drive.context, ['a.txt'])],
  ['rm --permanent', ({ client, ref }) => graph.permanentDelete(client, ref, file)],
  [
    'trash restore, by the old id',
    async ({ drive, client, ref }) => {
      const { id } = await drive.stat('a.txt');
      await drive.remove('a.txt');
      await graph.restoreItem(client, ref, graph.itemById(id));
    },
  ],
  ['trash ls', ({ drive }) => drain(listTrash(drive.context))],
  [
    'trash restore, by path',
    async ({ drive }) => {
      await drive.remove('a.txt');
      const [entry] = (await drain(listTrash(drive.context))) as { readonly id: string }[];
      const [error] = await restoreTrash(drive.context, [entry?.id ?? '']);
      if (error !== undefined) throw error;
    },
  ],
  [
    'trash empty',
    async ({ drive }) => {
      await drive.remove('a.txt');
      const entries = (await drain(listTrash(drive.context))) as { readonly id: string }[];
      await deleteTrash(
        drive.context,
        entries.map(({ id }) => id),
      );
    },
  ],
  ['restore --until', ({ drive }) => planRestore(drive.context, '', 0)],
  ['thumbnails', ({ drive }) => thumbnailsOf(drive.context, 'a.txt')],
  ['preview', ({ drive }) => previewPage(drive.context, 'a.txt')],
  ['shortcuts to shared folders', throughShortcut],
  ['delta, watch', ({ client, ref }) => drain(graph.getDelta(client, ref, graph.rootItem))],
  [
    'delta of a folder',
    async ({ drive, client, ref }) => {
      await drive.makeFolder('', 'd');
      const { at, select } = await deltaBelow(drive.context, 'd');
      return select((await drain(graph.getDelta(client, ref, at))) as graph.DeltaItem[]);
    },
  ],
  ['versions ls', ({ client, ref }) => drain(graph.listVersions(client, ref, file))],
  ['versions get', ({ drive }) => downloadVersion(drive.context, 'a.txt', '1.0', bytesSink())],
  ['versions restore', ({ client, ref }) => graph.restoreVersion(client, ref, file, '1.0')],
  ['versions prune', ({ client, ref }) => deleteOldest(client, ref)],
  ['link', ({ drive }) => drive.link('a.txt', { type: 'view' })],
  ['link --scope organization', ({ drive }) => drive.link('a.txt', { scope: 'organization' })],
  ['link -t embed', ({ drive }) => drive.link('a.txt', { type: 'embed' })],
  ['link --password-file', ({ drive }) => drive.link('a.txt', { scope: 'anonymous', password: 'pass word' })],
  ['link --expires', ({ drive }) => drive.link('a.txt', { scope: 'anonymous', expirationDateTime: now })],
  ['permissions ls, links ls', ({ client, ref }) => drain(graph.listPermissions(client, ref, file))],
  ['shared ls', ({ client }) => drain(graph.sharedWithMe(client, graph.myDrive))],
  ['shared ls --audit', ({ drive }) => drain(sharingAudit(drive.context, ''))],
  ['checkout, checkin', ({ client, ref }) => graph.checkOut(client, ref, file)],
  ['fields', ({ client, ref }) => graph.getListItemFields(client, ref, file)],
  ['hashsum', async ({ drive }) => present((await drive.stat('a.txt')).file?.hashes?.quickXorHash)],
  ['hashsum -t sha1', async ({ drive }) => present((await drive.stat('a.txt')).file?.hashes?.sha1Hash)],
  ['hashsum -t sha256', async ({ drive }) => present((await drive.stat('a.txt')).file?.hashes?.sha256Hash)],
  ['sites search', async ({ client }) => present((await drain(graph.searchSites(client, 'team')))[0])],
];

/** Another's folder at the root of the drive, and a look into it. */
async function throughShortcut({ drive, client, ref, other }: Subject): Promise<void> {
  const shared = await graph.getItem(other, graph.myDrive, graph.itemAt('Shared'));
  await graph.invite(other, graph.myDrive, graph.itemById(shared.id), {
    recipients: [{ email: 'me@contoso.onmicrosoft.com' }],
    roles: ['read'],
    requireSignIn: true,
    sendInvitation: false,
  });
  const { id: driveId } = await graph.getDrive(other, graph.myDrive);
  await graph.addShortcut(client, ref, graph.rootItem, { name: 'Team', driveId, itemId: shared.id });
  await drive.stat('Team/s.txt');
}

async function deleteOldest(client: GraphClient, ref: DriveRef): Promise<void> {
  const versions = (await drain(graph.listVersions(client, ref, file))) as { readonly id: string }[];
  await graph.deleteVersion(client, ref, file, versions.at(-1)?.id ?? '');
}

function present(value: unknown): void {
  if (value === undefined) throw new Error('nothing');
}

async function subject(kind: 'personal' | 'business' | 'library'): Promise<Subject> {
  const one = await embeddedDrive({
    kind: kind === 'personal' ? 'personal' : 'business',
    accounts: [
      {
        kind: kind === 'personal' ? 'personal' : 'business',
        userPrincipalName: 'me@contoso.onmicrosoft.com',
      },
      {
        kind: kind === 'personal' ? 'personal' : 'business',
        userPrincipalName: 'other@contoso.onmicrosoft.com',
        drive: { files: { Shared: { folder: { 's.txt': 's' } } } },
      },
    ],
    ...(kind === 'personal' ? {} : { sites: [{ path: 'sites/team', displayName: 'Team' }] }),
  });
  const ref: DriveRef =
    kind === 'library'
      ? await findDrive(one.client, parseDriveAddress('site:Team/Documents'))
      : graph.myDrive;
  const drive = openDrive(one.client, ref, one.world);
  for (const text of ['one', 'second'])
    await drive.upload(new TextEncoder().encode(text), '', { name: 'a.txt', conflict: 'replace' });
  const authorization = `Bearer ${one.server.token({ account: 'other@contoso.onmicrosoft.com' })}`;
  const transport: GraphClient['transport'] = (request) =>
    handlerTransport(one.server.handler)({ ...request, headers: { ...request.headers, authorization } });
  return { drive, client: one.client, ref, other: { ...one.client, transport } };
}

async function outcome(kind: 'personal' | 'business' | 'library', probe: (on: Subject) => Promise<unknown>) {
  const on = await subject(kind);
  try {
    await probe(on);
    return 'yes';
  } catch (error) {
    return isOneDriveError(error) ? `no (${error.code})` : 'no';
  }
}

test('what works on which account is as the page says', async () => {
  const lines: string[] = [];
  for (const [name, probe] of probes) {
    const cells = [
      await outcome('personal', probe),
      await outcome('business', probe),
      await outcome('library', probe),
    ];
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  const page = `# What works on which account

Found out by doing it on the embedded server, which refuses what Microsoft documents as refused. In brackets: the code
of the error that you get. An organisation may forbid more (sharing outside of it, for example), and a real service may
differ from its documentation.

Microsoft Graph has nothing for these, on any account: listing or emptying the recycle bin of a personal drive. Of the
recycle bin of business drives and libraries, listing is a part of Graph v1.0; restoring by path and emptying are in its
beta version alone, which Microsoft may change or refuse. restore --until takes versions back everywhere; what was removed,
it finds in the recycle bin, or on personal drives by a delta token of that time.

| command | personal | business | library |
|---|---|---|---|
${lines.join('\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/reference/accounts.md');
}, 60_000);
