/** Between drives: the service copies where it may, else the bytes go through here; a move takes the original away last. */
import { describe, expect, it } from 'vitest';
import {
  copyAcross,
  findDrive,
  locateUrl,
  moveAcross,
  openDrive,
  parseDriveAddress,
} from '../../packages/kit/src/drive/index.ts';
import { textBody } from '../../packages/kit/src/http/bodies.ts';
import type { TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../embedded/embedded-drive.ts';

const accounts = [
  {
    userPrincipalName: 'ann@contoso.onmicrosoft.com',
    kind: 'business',
    drive: {
      files: {
        'a.txt': 'alpha',
        Tree: { folder: { 'b %#.txt': 'beta', Deep: { folder: { 'c.txt': 'c' } } } },
      },
    },
  },
] as const;
const sites = [
  {
    path: 'sites/team',
    displayName: 'Team',
    libraries: [{ name: 'Documents' }, { name: 'Plans', files: { 'plan.txt': 'the plan' } }],
  },
];

async function two(options: Partial<EmbeddedDriveOptions> = {}) {
  const one = await embeddedDrive({ accounts, sites, kind: 'business', ...options });
  const at = async (text: string) =>
    openDrive(one.client, await findDrive(one.client, parseDriveAddress(text)), one.world);
  return { ...one, at, plans: await at('site:Team/Plans') };
}

/** The service refuses every copy. */
const refusesCopies: TransportDecorator = (inner) => (request) =>
  request.url.split('?')[0]?.endsWith('/copy')
    ? Promise.resolve({
        status: 403,
        headers: {},
        body: textBody('{"error":{"code":"accessDenied","message":"Not there."}}').open(),
      } as never)
    : inner(request);

describe('copying across drives', () => {
  it.each([
    ['by the service', {}],
    ['through here when the service refuses', { between: refusesCopies }],
  ])('%s: a file and a whole folder arrive', async (_, options) => {
    const { drive, plans } = await two(options);
    const to = { drive: plans.context, target: '' };
    let streamed = 0;
    const onStream = () => streamed++;
    await copyAcross({ drive: drive.context, target: 'a.txt' }, to, { name: 'z.txt', onStream });
    await copyAcross({ drive: drive.context, target: 'Tree' }, to, { onStream });
    expect(new TextDecoder().decode(await plans.read('z.txt'))).toBe('alpha');
    expect(new TextDecoder().decode(await plans.read('Tree/b %#.txt'))).toBe('beta');
    expect(new TextDecoder().decode(await plans.read('Tree/Deep/c.txt'))).toBe('c');
    expect(streamed).toBe('between' in options ? 2 : 0);
  });

  it('a name that is taken is a conflict either way, and the original stays on a move', async () => {
    const { drive, plans } = await two({ between: refusesCopies });
    await plans.upload(new TextEncoder().encode('x'), '', { name: 'a.txt' });
    const move = moveAcross({ drive: drive.context, target: 'a.txt' }, { drive: plans.context, target: '' });
    await expect(move).rejects.toMatchObject({ code: 'conflict' });
    expect((await drive.stat('a.txt')).size).toBe(5);
  });

  it('a move takes the original away when the copy is whole', async () => {
    const { drive, plans } = await two();
    await moveAcross({ drive: drive.context, target: 'Tree' }, { drive: plans.context, target: '' });
    expect((await plans.stat('Tree/Deep/c.txt')).size).toBe(1);
    await expect(drive.stat('Tree')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('finding drives', () => {
  it.each([
    ['me', { kind: 'me' }],
    ['b!abc', { kind: 'drive', id: 'b!abc' }],
    ['id:user:x', { kind: 'drive', id: 'user:x' }],
    ['user:ann@contoso.com', { kind: 'user', id: 'ann@contoso.com' }],
    ['group:42', { kind: 'group', id: '42' }],
    ['site:team', { kind: 'site', name: 'team' }],
    ['site:Team Site/Shared Docs', { kind: 'site', name: 'Team Site', library: 'Shared Docs' }],
    ['site:sites/team/Plans', { kind: 'site', path: 'sites/team', library: 'Plans' }],
    ['https://c.sharepoint.com/sites/a%20b/', { kind: 'site', host: 'c.sharepoint.com', path: 'sites/a b' }],
    ['https://c.sharepoint.com/sites/a/Docs', { kind: 'url', url: 'https://c.sharepoint.com/sites/a/Docs' }],
    ['https://1drv.ms/f/s!A', { kind: 'url', url: 'https://1drv.ms/f/s!A' }],
  ])('%s', (text, address) => {
    expect(parseDriveAddress(text)).toEqual(address);
  });

  it.each(['', 'user:', 'site:'])('%j names no drive', (text) => {
    expect(() => parseDriveAddress(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('by the name of site and library, by path, by user', async () => {
    const { at } = await two();
    for (const text of ['site:team/plans', 'site:sites/team/Plans'])
      expect((await (await at(text)).stat('plan.txt')).size).toBe(8);
    expect((await (await at('user:ann@contoso.onmicrosoft.com')).stat('a.txt')).size).toBe(5);
  });

  it('a missing library is reported with the existing ones', async () => {
    const { at } = await two();
    await expect(at('site:team/none')).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('Documents, Plans'),
    });
    await expect(at('site:missing')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('an item by its page and by a sharing link', async () => {
    const { client, plans, world } = await two();
    const item = await plans.stat('plan.txt');
    const { link } = await plans.link('plan.txt', { type: 'view' });
    for (const url of [item.webUrl ?? '', link?.webUrl ?? '']) {
      const located = await locateUrl(client, url);
      expect(located.item).toEqual({ anchor: { kind: 'id', id: item.id }, path: [] });
      const found = openDrive(client, located.drive, world);
      expect(new TextDecoder().decode(await found.read(located.item))).toBe('the plan');
    }
  });
});
