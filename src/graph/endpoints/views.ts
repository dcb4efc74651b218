/** Other ways to find items: search, recent, special folders, delta. */
import type { GraphClient } from '../client.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { followPages, type Paged, pagedCall, pagedOf, sameOrigin } from '../page.ts';
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
    url: itemPath(drive, { anchor: { kind: 'special', name }, path: [] }),
    what: `find the special folder ${name}`,
    query: { $select: options.select, $expand: options.expand },
    options,
  });
}

/** Where to start from. */
export interface DeltaOptions extends ListOptions {
  /** A delta link of an earlier round, followed as it is; or `latest` for a link alone; absent for everything. */
  readonly from?: string | undefined;
}

/**
 * What is in a drive, or what changed since a delta link. Read to the last page, whose `@odata.deltaLink` starts the
 * next round; the same item may come twice, and the last one counts.
 * @see https://learn.microsoft.com/graph/api/driveitem-delta
 * @throws GraphError `resync` when the link is too old: start again without it.
 */
export function getDelta(
  client: GraphClient,
  drive: DriveRef,
  folder: ItemRef,
  options: DeltaOptions = {},
): Paged<DeltaItem, DeltaPage> {
  const what = `list the changes of ${describeItem(folder)}`;
  const { from } = options;
  const link = from !== undefined && from !== 'latest' ? from : undefined;
  const call = (): GraphCall =>
    link === undefined
      ? {
          method: 'GET',
          url: itemPath(drive, folder, 'delta'),
          what,
          query: { token: from, ...listQuery(options) },
          headers: withShortcuts,
          options,
        }
      : { method: 'GET', url: sameOrigin(client, link, what), what, headers: withShortcuts, options };
  return pagedOf(
    () => followPages<DeltaPage>(client, call()),
    (page) => page.value,
  );
}
