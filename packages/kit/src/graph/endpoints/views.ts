/** Other ways to find items: search, recent, special folders, delta. */
import { OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { followPages, type Paged, pagedCall, pagedOf, urlOf } from '../page.ts';
import { drivePath, encodeFunctionArgument, itemPath } from '../path.ts';
import { type GraphCall, sendForObject } from '../send.ts';
import type { CollectionPage, DeltaItem, DeltaPage, DriveItem } from '../types/index.ts';
import { type ItemOptions, type ListOptions, listQuery, withShortcuts } from './items.ts';

/**
 * Items at or below an item whose name, metadata or content match. Results of other drives carry `remoteItem`; the
 * index lags behind. @see https://learn.microsoft.com/graph/api/driveitem-search
 */
export function search(
  client: GraphClient,
  drive: DriveRef,
  within: ItemRef,
  text: string,
  options: ListOptions = {},
): Paged<DriveItem, CollectionPage<DriveItem>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: itemPath(drive, within, `search(q='${encodeFunctionArgument(text)}')`),
    what: `search ${describeItem(within)} for ${JSON.stringify(text)}`,
    query: listQuery(options),
    options,
  });
}

/**
 * Files used lately, of other drives too. Deprecated by Microsoft, which stops it after November 2027.
 * @see https://learn.microsoft.com/graph/api/drive-recent
 */
export function recent(
  client: GraphClient,
  drive: DriveRef,
  options: ListOptions = {},
): Paged<DriveItem, CollectionPage<DriveItem>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: `${drivePath(drive)}/recent`,
    what: 'list recent files',
    query: listQuery(options),
    options,
  });
}

/**
 * A special folder by its name: `documents`, `photos`, `cameraroll`, `approot`, `music` …
 * @see https://learn.microsoft.com/graph/api/drive-get-specialfolder
 */
export function getSpecialFolder(
  client: GraphClient,
  drive: DriveRef,
  name: string,
  options: ItemOptions = {},
): Promise<DriveItem> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: itemPath(drive, { anchor: { kind: 'special', name }, path: [] }),
    what: `find the special folder ${name}`,
    query: { $select: options.select, $expand: options.expand },
    options,
  });
}

/** Where to start from. */
export interface DeltaOptions extends ListOptions {
  /**
   * A delta link of an earlier round, followed as it is; `latest` for a link alone; on business drives a UTC time, such
   * as `2026-11-23T10:00:00Z`. Default: everything.
   */
  readonly from?: string | undefined;
}

/**
 * What is in a drive, or what changed since a delta link. Read to the last page, whose `@odata.deltaLink` starts the
 * next round; the same item may come twice, and the last one counts.
 * @see https://learn.microsoft.com/graph/api/driveitem-delta
 * @throws GraphError `resync` when the link is too old: start again without it; OneDriveError `usage` for a `from` that
 * is none of the above, `protocol` when the pages do not end or the last one has no delta link.
 */
export function getDelta(
  client: GraphClient,
  drive: DriveRef,
  folder: ItemRef,
  options: DeltaOptions = {},
): Paged<DeltaItem, DeltaPage> {
  const what = `list the changes of ${describeItem(folder)}`;
  const { from } = options;
  const link = from === undefined || isToken(from) ? undefined : deltaLink(client, from);
  const call = (): GraphCall =>
    link === undefined
      ? {
          method: 'GET',
          contract: contracts.list,
          url: itemPath(drive, folder, 'delta'),
          what,
          query: { token: from, ...listQuery(options) },
          headers: withShortcuts,
          options,
        }
      : { method: 'GET', contract: contracts.list, url: link, what, headers: withShortcuts, options };
  return pagedOf(
    () => followPages<DeltaPage>(client, call(), { delta: true }),
    (page) => page.value,
  );
}

/** Is it a token that goes into the query? Pure. */
function isToken(from: string): boolean {
  return from === 'latest' || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(from);
}

/** A delta link, if the access token may go there. */
function deltaLink(client: GraphClient, from: string): string {
  const base = new URL(client.baseUrl);
  const url = from.startsWith('/') || /^https?:/i.test(from) ? urlOf(from, base) : undefined;
  if (url?.origin === base.origin && /\bdelta\b/i.test(url.pathname))
    return from.startsWith('/') ? url.href : from;
  const elsewhere = url !== undefined && url.origin !== base.origin ? `: it is of ${url.origin}` : '';
  throw new OneDriveError('usage', `The token is not one of ${base.origin}${elsewhere}.`, {
    hint: 'Give the token that the last delta printed, as it is; or latest; or, on a business drive, a UTC time.',
  });
}
