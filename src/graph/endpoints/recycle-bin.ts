/**
 * The recycle bin of a SharePoint site, and of the site behind a person's business drive. Listing it is a part of v1.0;
 * restoring and deleting are offered by the beta version alone, which Microsoft may change at any time.
 */
import { OneDriveError } from '../../errors/index.ts';
import { readJson } from '../../http/read.ts';
import type { GraphClient } from '../client.ts';
import { graphErrorOf } from '../error-answer.ts';
import { type Paged, pagedCall } from '../page.ts';
import { encodeSegment } from '../path.ts';
import { type CallOptions, send, sendForNothing } from '../send.ts';
import type { CollectionPage, RecycleBinItem } from '../types/index.ts';

const binPath = (siteId: string): string => `/sites/${encodeSegment(siteId)}/recycleBin/items`;

/**
 * What was removed from the libraries of a site.
 * @see https://learn.microsoft.com/graph/api/recyclebin-list-items
 * @throws GraphError `access-denied`, `not-found`
 */
export function listRecycleBin(
  client: GraphClient,
  siteId: string,
  options: CallOptions = {},
): Paged<RecycleBinItem, CollectionPage<RecycleBinItem>> {
  return pagedCall(client, { method: 'GET', url: binPath(siteId), what: 'list the recycle bin', options });
}

/** The same service, one version ahead. */
function beta(client: GraphClient): string {
  return client.baseUrl.replace(/\/v1\.0$/, '/beta');
}

/**
 * Puts items back where they were, by their ids in the bin.
 * @see https://learn.microsoft.com/graph/api/resources/recyclebinitem?view=graph-rest-beta
 * @returns for each id, in their order, the error why not, or undefined.
 */
export async function restoreFromRecycleBin(
  client: GraphClient,
  siteId: string,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<(OneDriveError | undefined)[]> {
  const what = 'restore from the recycle bin';
  const url = `${beta(client)}${binPath(siteId)}/restore`;
  const response = await send(client, { method: 'POST', url, what, json: { ids }, options });
  const { value } = (await readJson(response)) as { readonly value?: readonly BinAnswer[] };
  return ids.map((id) => {
    const answer = value?.find((one) => one.id?.toLowerCase() === id.toLowerCase());
    if (answer === undefined)
      return new OneDriveError('protocol', `The service did not tell what became of ${id}.`);
    if (answer.error === undefined) return undefined;
    const { error } = answer;
    return graphErrorOf(what, statusOf(error.code), {}, JSON.stringify({ error }));
  });
}

interface BinAnswer {
  readonly id?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** An item of a multi-status answer has a code and no status of its own. */
function statusOf(code: string | undefined): number {
  switch (code?.toLowerCase()) {
    case 'itemnotfound':
      return 404;
    case 'namealreadyexists':
      return 409;
    case 'accessdenied':
      return 403;
    default:
      return 400;
  }
}

/**
 * Deletes items of the bin for good, by their ids in it.
 * @see https://learn.microsoft.com/graph/api/resources/recyclebinitem?view=graph-rest-beta
 */
export function deleteFromRecycleBin(
  client: GraphClient,
  siteId: string,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  return sendForNothing(client, {
    method: 'POST',
    url: `${beta(client)}${binPath(siteId)}/delete`,
    what: 'delete from the recycle bin',
    json: { ids },
    idempotent: true,
    options,
  });
}
