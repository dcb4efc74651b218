/** Resolves an address to a drive, and a URL to an item, with requests. */
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

/** An item and its drive, which may belong to another user. */
export interface LocatedItem {
  readonly drive: DriveRef;
  readonly item: ItemRef;
}

/** The target of a shortcut or of a search result in another drive; any other item unchanged. */
export function locationOf({ id, parentReference, remoteItem }: DriveItem): LocatedItem | undefined {
  const driveId = remoteItem?.parentReference?.driveId ?? parentReference?.driveId;
  const itemId = remoteItem?.id ?? id;
  return driveId === undefined
    ? undefined
    : { drive: { kind: 'drive', id: driveId }, item: itemById(itemId) };
}

/**
 * Returns the item of a sharing link, or of a web page that shows it: see {@link readItemUrl}. A link of
 * another user is redeemed, as a browser does, because the next requests go to their drive.
 * @throws GraphError `not-found`, `access-denied`; OneDriveError `protocol` if the response has no drive.
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

/**
 * The addresses derived from the page come first; the original URL comes last, and its error is the one to
 * report.
 */
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
  throw new OneDriveError('protocol', 'The service resolved the link but did not return its drive.');
}

/** Errors that mean that the service does not know an address. */
const unknownLink: ReadonlySet<ErrorCode> = new Set(['not-found', 'invalid-request', 'access-denied']);

/**
 * Returns the drive at an address. Ids, users and groups need no request.
 * @throws OneDriveError `not-found` if no site or library is visible, `usage` for an ambiguous name.
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
 * Returns the site at an address.
 * @throws OneDriveError `not-found` if no site is visible, `usage` for an ambiguous name.
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
    throw new OneDriveError('not-found', `You have access to no site called ${JSON.stringify(name)}.`, {
      hint: { step: 'operation', operation: 'searchSites', to: 'find it', object: name },
    });
  }
  if (found.length === 1) return site;
  throw new OneDriveError('usage', `${found.length} sites are called ${JSON.stringify(name)}.`, {
    hint: `Use the address of one: ${found.map(({ webUrl, id }) => webUrl ?? id).join(', ')}`,
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
