/**
 * The recycle bin of a SharePoint site, including the site of a user's business drive. v1.0 only lists it;
 * restoring and deleting exist only in the beta version, which Microsoft may change at any time.
 */
import { OneDriveError } from '../../errors/index.ts';
import { attempts } from '../../http/attempts.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { graphErrorOf } from '../error-answer.ts';
import { type Paged, pagedCall, readList } from '../page.ts';
import { encodeSegment } from '../path.ts';
import { type CallOptions, type GraphCall, sendForNothing, sendForObject } from '../send.ts';
import type { CollectionPage, RecycleBinItem } from '../types/index.ts';

const binPath = (siteId: string): string => `/sites/${encodeSegment(siteId)}/recycleBin/items`;

/**
 * Lists the items that were deleted from the libraries of a site.
 * @see https://learn.microsoft.com/graph/api/recyclebin-list-items
 * @throws GraphError `access-denied`, `not-found`
 */
export function listRecycleBin(
  client: GraphClient,
  siteId: string,
  options: CallOptions = {},
): Paged<RecycleBinItem, CollectionPage<RecycleBinItem>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: binPath(siteId),
    what: 'list the recycle bin',
    options,
  });
}

/** The same service with the beta version of the API. */
function beta(client: GraphClient): string {
  return client.baseUrl.replace(/\/v1\.0$/, '/beta');
}

/**
 * Restores items to their original folders, by their ids in the recycle bin.
 * @see https://learn.microsoft.com/graph/api/resources/recyclebinitem?view=graph-rest-beta
 * @returns for each id, in order, the error or undefined.
 */
export async function restoreFromRecycleBin(
  client: GraphClient,
  siteId: string,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<(OneDriveError | undefined)[]> {
  const what = 'restore from the recycle bin';
  const url = `${beta(client)}${binPath(siteId)}/restore`;
  const memory = attempts();
  const call: GraphCall = {
    method: 'POST',
    contract: contracts.restoreFromRecycleBin,
    url,
    what,
    json: { ids },
    idempotent: true,
    attempts: memory,
    options,
  };
  const value = readList<BinAnswer>(await sendForObject(client, call), what);
  return ids.map((id) => {
    const answer = value.find((one) => one.id?.toLowerCase() === id.toLowerCase());
    if (answer === undefined)
      return new OneDriveError('protocol', `The service did not report the outcome of restoring ${id}.`);
    if (answer.error === undefined) return undefined;
    // An earlier attempt whose response was lost restored it.
    if (memory.unclear && statusOf(answer.error.code) === 404) return undefined;
    const { error } = answer;
    return graphErrorOf(what, statusOf(error.code), {}, JSON.stringify({ error }));
  });
}

interface BinAnswer {
  readonly id?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** An item of a multi-status response has a code but no status of its own. */
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
 * Deletes items of the recycle bin permanently, by their ids in it.
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
    contract: contracts.deleteFromRecycleBin,
    url: `${beta(client)}${binPath(siteId)}/delete`,
    what: 'delete from the recycle bin',
    json: { ids },
    idempotent: true,
    options,
  });
}
