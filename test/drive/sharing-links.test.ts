/** Sharing links from another user in place of a path. */
import { expect, it } from 'vitest';
import { locateUrl, openDrive } from '../../packages/kit/src/drive/index.ts';
import { getSharedItem, itemById } from '../../packages/kit/src/graph/index.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

const domains = { personal: 'outlook.com', business: 'contoso.com' } as const;

/** Ann's drive, and a link of Bo's to a folder with `b.txt` in it. */
async function linkOfBo(kind: 'personal' | 'business', type: 'view' | 'edit') {
  const bo = `bo@${domains[kind]}`;
  const files = { Theirs: { folder: { 'b.txt': 'of bo' } } };
  const one = await embeddedDrive({
    kind,
    accounts: [
      { kind, userPrincipalName: `ann@${domains[kind]}` },
      { kind, userPrincipalName: bo, drive: { files } },
    ],
  });
  const answer = await one.server.fetch(
    new Request('https://graph.microsoft.com/v1.0/me/drive/root:/Theirs:/createLink', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${one.server.token({ account: bo })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ type, scope: 'anonymous' }),
    }),
  );
  const { link } = (await answer.json()) as { link: { webUrl: string } };
  return { ...one, url: link.webUrl };
}

async function gathered<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
}

const kinds = ['personal', 'business'] as const;

it.each(kinds)('a link on a %s drive leads to what can be listed, read and written', async (kind) => {
  const { client, world, url } = await linkOfBo(kind, 'edit');
  const { drive, item } = await locateUrl(client, url);
  const theirs = openDrive(client, drive, world);
  const names = async () => (await gathered(theirs.list(item))).map(({ name }) => name);
  expect(await names()).toEqual(['b.txt']);
  await theirs.upload(new TextEncoder().encode('of ann'), item, { name: 'a.txt' });
  expect((await names()).toSorted()).toEqual(['a.txt', 'b.txt']);
  const found = await gathered(theirs.subtree(item));
  expect(found.map(({ path }) => path.join('/')).toSorted()).toEqual(['a.txt', 'b.txt']);
});

it('a link for viewing does not allow writing', async () => {
  const { client, world, url } = await linkOfBo('business', 'view');
  const { drive, item } = await locateUrl(client, url);
  const theirs = openDrive(client, drive, world);
  const bytes = new TextEncoder().encode('of ann');
  await expect(theirs.upload(bytes, item, { name: 'a.txt' })).rejects.toMatchObject({
    code: 'access-denied',
  });
});

it('resolving a link without redeeming it grants no permanent access', async () => {
  const { client, world, url } = await linkOfBo('business', 'view');
  const { id, parentReference } = await getSharedItem(client, url);
  const drive = { kind: 'drive', id: parentReference?.driveId ?? '' } as const;
  await expect(openDrive(client, drive, world).stat(itemById(id))).rejects.toMatchObject({
    code: 'access-denied',
  });
});
