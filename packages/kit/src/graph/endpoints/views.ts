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
 * Finds items at or below an item by name, metadata or content. Results from other drives have `remoteItem`;
 * the index is updated with a delay. @see https://learn.microsoft.com/graph/api/driveitem-search
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
 * Lists recently used files, including those of other drives. Deprecated by Microsoft, which will remove it
 * after November 2027.
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
 * Returns a special folder by its name: `documents`, `photos`, `cameraroll`, `approot`, `music` …
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

/** Where to start. */
export interface DeltaOptions extends ListOptions {
  /**
   * A delta link from an earlier call, followed unchanged; `latest` for a link without items; on business
   * drives a UTC time, such as `2026-11-23T10:00:00Z`. Default: everything.
   */
  readonly from?: string | undefined;
}

/**
 * Lists the items of a drive, or the changes since a delta link. Read to the last page, whose
 * `@odata.deltaLink` starts the next call; if an item occurs twice, the last occurrence is its current state.
 * @see https://learn.microsoft.com/graph/api/driveitem-delta
 * @throws GraphError `resync` if the link is too old: start again without it; OneDriveError `usage` for any
 * other `from`, `protocol` if the pages do not end or the last one has no delta link.
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

/** Returns whether the value is a token for the query. Pure. */
function isToken(from: string): boolean {
  return from === 'latest' || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(from);
}

/** Returns a delta link if the access token may be sent to it. */
function deltaLink(client: GraphClient, from: string): string {
  const base = new URL(client.baseUrl);
  const url = from.startsWith('/') || /^https?:/i.test(from) ? urlOf(from, base) : undefined;
  if (url?.origin === base.origin && /\bdelta\b/i.test(url.pathname))
    return from.startsWith('/') ? url.href : from;
  const elsewhere = url !== undefined && url.origin !== base.origin ? `: it belongs to ${url.origin}` : '';
  throw new OneDriveError('usage', `The delta link does not belong to ${base.origin}${elsewhere}.`, {
    hint: 'Use the delta link that the last delta printed, unchanged; or `latest`; or, on a business drive, a UTC time.',
  });
}
