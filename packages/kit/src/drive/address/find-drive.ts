/** From an address to a drive, and from a URL to an item: what that takes of requests. */
import { type ErrorCode, isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../../graph/client.ts';
import { getSharedItem } from '../../graph/endpoints/shares.ts';
import { getSite, listSiteDrives, searchSites } from '../../graph/endpoints/sites.ts';
import type { DriveRef, ItemRef } from '../../graph/item-ref.ts';
import { itemAt, itemById, myDrive, rootItem } from '../../graph/item-ref-forms.ts';
import type { CallOptions } from '../../graph/send.ts';
import type { DriveItem, Site } from '../../graph/types/index.ts';
import type { DriveAddress } from './drive-address.ts';
import { readItemUrl } from './item-url.ts';

/** An item and the drive that it is in, which may be anybody's. */
export interface LocatedItem {
  readonly drive: DriveRef;
  readonly item: ItemRef;
}

/** The item of another drive behind a shortcut or a search result; the item itself where it is no such thing. */
export function locationOf({ id, parentReference, remoteItem }: DriveItem): LocatedItem | undefined {
  const driveId = remoteItem?.parentReference?.driveId ?? parentReference?.driveId;
  const itemId = remoteItem?.id ?? id;
  return driveId === undefined
    ? undefined
    : { drive: { kind: 'drive', id: driveId }, item: itemById(itemId) };
}

/**
 * The item behind a sharing link or a web address of any page that shows it: see {@link readItemUrl}. A link of somebody
 * else is redeemed, as opening it in a browser does, for what is done next is done in their drive.
 * @throws GraphError `not-found`, `access-denied`; OneDriveError `protocol` when the answer names no drive.
 */
export async function locateUrl(
  client: GraphClient,
  url: string,
  options: CallOptions = {},
): Promise<LocatedItem> {
  const where = readItemUrl(url);
  switch (where.kind) {
    case 'item': {
      const item = where.item === 'root' ? rootItem : itemById(where.item);
      return { drive: { kind: 'drive', id: where.drive }, item };
    }
    case 'group':
      return { drive: { kind: 'group', id: where.group }, item: itemAt(...where.path) };
    case 'site':
      return { drive: await findDrive(client, where, options), item: rootItem };
    case 'share':
      return await firstShared(client, where.urls, options);
  }
}

/** What the page of an item was read as comes first; what was typed comes last, and its refusal is the one to tell. */
async function firstShared(
  client: GraphClient,
  urls: readonly string[],
  options: CallOptions,
): Promise<LocatedItem> {
  for (const [at, url] of urls.entries()) {
    try {
      const located = locationOf(await getSharedItem(client, url, { ...options, redeem: true }));
      if (located !== undefined) return located;
    } catch (error) {
      if (at === urls.length - 1 || !isOneDriveError(error) || !unknownLink.has(error.code)) throw error;
    }
  }
  throw new OneDriveError('protocol', 'The service followed the link but did not say to which drive.');
}

/** How the service says that it does not know an address. */
const unknownLink: ReadonlySet<ErrorCode> = new Set(['not-found', 'invalid-request', 'access-denied']);

/**
 * The drive at an address. Ids, users and groups take no request.
 * @throws OneDriveError `not-found` for a site or library that nobody sees, `usage` for a name that several have.
 */
export async function findDrive(
  client: GraphClient,
  address: DriveAddress,
  options: CallOptions = {},
): Promise<DriveRef> {
  switch (address.kind) {
    case 'me':
      return myDrive;
    case 'drive':
    case 'user':
    case 'group':
      return { kind: address.kind, id: address.id };
    case 'url':
      return (await locateUrl(client, address.url, options)).drive;
    case 'site':
      return await libraryOf(client, await findSite(client, address, options), address.library, options);
  }
}

/**
 * The site at an address.
 * @throws OneDriveError `not-found` for one that nobody sees, `usage` for a name that several have.
 */
export async function findSite(
  client: GraphClient,
  { host, path, name = '' }: Extract<DriveAddress, { kind: 'site' }>,
  options: CallOptions,
): Promise<Site> {
  if (path !== undefined) {
    const where = host ?? (await getSite(client, 'root', options)).siteCollection?.hostname ?? 'root';
    return await getSite(client, `${where}:/${path}`, options);
  }
  if (name.includes(',')) return await getSite(client, name, options);
  const wanted = name.toLowerCase();
  const found: Site[] = [];
  for await (const site of searchSites(client, name, options))
    if ([site.name, site.displayName].some((one) => one?.toLowerCase() === wanted)) found.push(site);
  const [site] = found;
  if (site === undefined) {
    throw new OneDriveError(
      'not-found',
      `There is no site called ${JSON.stringify(name)} that you can see.`,
      {
        hint: { step: 'operation', operation: 'searchSites', to: 'find it', object: name },
      },
    );
  }
  if (found.length === 1) return site;
  throw new OneDriveError('usage', `${found.length} sites are called ${JSON.stringify(name)}.`, {
    hint: `Give the address of one: ${found.map(({ webUrl, id }) => webUrl ?? id).join(', ')}`,
  });
}

async function libraryOf(
  client: GraphClient,
  site: Site,
  library: string | undefined,
  options: CallOptions,
): Promise<DriveRef> {
  if (library === undefined) return { kind: 'site', id: site.id };
  const names: string[] = [];
  for await (const drive of listSiteDrives(client, site.id, options)) {
    if (drive.name?.toLowerCase() === library.toLowerCase()) return { kind: 'drive', id: drive.id };
    if (drive.name !== undefined) names.push(drive.name);
  }
  throw new OneDriveError(
    'not-found',
    `The site ${site.displayName ?? site.id} has no library called ${JSON.stringify(library)}.`,
    { hint: names.length === 0 ? 'It has none at all.' : `It has: ${names.join(', ')}.` },
  );
}
