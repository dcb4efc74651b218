/**
 * The recycle bin, as far as each kind of drive supports it. Business drives and libraries: the recycle bin
 * of their site can be listed, restored from and emptied; the last two use Microsoft's beta API. Personal
 * drives: items can only be restored by their previous id, because Microsoft Graph cannot list the recycle
 * bin there (https://learn.microsoft.com/graph/api/driveitem-restore,
 * https://learn.microsoft.com/graph/api/recyclebin-list-items).
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { restoreItem } from '../../graph/endpoints/deletion.ts';
import {
  deleteFromRecycleBin,
  listRecycleBin,
  restoreFromRecycleBin,
} from '../../graph/endpoints/recycle-bin.ts';
import { getItem } from '../../graph/index.ts';
import { itemById, rootItem } from '../../graph/item-ref-forms.ts';
import type { RecycleBinItem } from '../../graph/types/index.ts';
import { looksLikeId } from '../address/looks-like-id.ts';
import type { DriveOptions } from '../address/target.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { GraphPlace } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';
import { pathInDrive } from './trash-path.ts';

/** An entry of the recycle bin. */
export interface TrashEntry {
  /** The id of the entry: the argument of {@link restoreTrash}. */
  readonly id: string;
  readonly name: string;
  /** Names from the root of the drive to its original location, its own last. */
  readonly path: readonly string[];
  /** Bytes. */
  readonly size: number | undefined;
  /** ISO 8601, UTC. */
  readonly deleted: string | undefined;
}

/** The outcome of a restoration: undefined, or the error. */
export type TrashOutcome = OneDriveError | undefined;

interface Bin {
  readonly place: GraphPlace;
  readonly siteId: string;
  /** The location of the library on its host: `['sites', 'team', 'Shared Documents']`. */
  readonly library: readonly string[];
}

/** @throws OneDriveError `not-supported` for personal drives and over Live v5.0. */
async function binOf(context: DriveContext, { signal }: DriveOptions): Promise<Bin> {
  const place = graphPlace(context, 'recycle bin that can be reached');
  const select = 'id,webUrl,parentReference,sharepointIds';
  const { sharepointIds: ids, webUrl } = await getItem(place.client, place.ref, rootItem, { select, signal });
  if (
    ids?.siteId === undefined ||
    ids.webId === undefined ||
    ids.siteUrl === undefined ||
    webUrl === undefined
  )
    throw noBin();
  const siteId = [new URL(ids.siteUrl).host, ids.siteId, ids.webId].join(',');
  const library = decodeURIComponent(new URL(webUrl).pathname)
    .split('/')
    .filter((name) => name !== '');
  return { place, siteId, library };
}

function noBin(): OneDriveError {
  return new OneDriveError(
    'not-supported',
    'Microsoft Graph cannot list or empty the recycle bin of a personal drive.',
    {
      hint: 'Use the web page (https://onedrive.live.com/?v=recyclebin), or restore an item by its previous id.',
    },
  );
}

/**
 * Lists the recycle bin of a drive, newest first as the service returns it. A folder is one entry, with
 * everything in it.
 * @throws OneDriveError `not-supported` for personal drives and over Live v5.0, `access-denied`.
 */
export async function* listTrash(
  context: DriveContext,
  options: DriveOptions = {},
): AsyncGenerator<TrashEntry, void, undefined> {
  const { place, siteId, library } = await binOf(context, options);
  for await (const item of listRecycleBin(place.client, siteId, { signal: options.signal })) {
    const entry = entryOf(item, library);
    // The recycle bin of a site contains the items of all its libraries.
    if (entry !== undefined) yield entry;
  }
}

function entryOf(item: RecycleBinItem, library: readonly string[]): TrashEntry | undefined {
  const { id, name = '', size, deletedDateTime: deleted, deletedFromLocation = '' } = item;
  const folder = pathInDrive(deletedFromLocation, library);
  return folder && { id, name, size, deleted, path: [...folder, name] };
}

/** Where to restore an item, on personal drives. */
export interface RestoreTrashOptions extends DriveOptions {
  /** The id of a folder. Default: the original folder. */
  readonly into?: string | undefined;
}

/**
 * Restores items from the recycle bin to their original folders.
 * @param ids on personal drives the previous ids of the items; otherwise those of {@link listTrash}.
 * @returns for each id, in order, the error or undefined.
 * @throws OneDriveError `not-supported` over Live v5.0, and for another folder except on personal drives.
 */
export async function restoreTrash(
  context: DriveContext,
  ids: readonly string[],
  options: RestoreTrashOptions = {},
): Promise<readonly TrashOutcome[]> {
  if (ids.length === 0) return [];
  const bin = await binOf(context, options).catch((error: unknown) => {
    if (isOneDriveError(error) && error.code === 'not-supported') return undefined;
    throw error;
  });
  const { signal, into } = options;
  if (bin === undefined) return await restoreById(graphPlace(context, 'recycle bin'), ids, { signal, into });
  if (into !== undefined) {
    throw new OneDriveError('not-supported', 'Only personal drives restore into another folder.', {
      hint: 'Restore it to its original folder, then move it.',
    });
  }
  return await restoreFromRecycleBin(bin.place.client, bin.siteId, ids, { signal });
}

async function restoreById(
  { client, ref }: GraphPlace,
  ids: readonly string[],
  { signal, into }: RestoreTrashOptions,
): Promise<TrashOutcome[]> {
  const outcomes: TrashOutcome[] = [];
  for (const id of ids) {
    try {
      if (!looksLikeId(id)) throw noSuchId(id);
      await restoreItem(client, ref, itemById(id), { signal, parentId: into });
      outcomes.push(undefined);
    } catch (error) {
      if (!isOneDriveError(error)) throw error;
      outcomes.push(error);
    }
  }
  return outcomes;
}

function noSuchId(text: string): OneDriveError {
  return new OneDriveError('usage', `Invalid item id: ${JSON.stringify(text)}.`, {
    hint: 'The recycle bin of a personal drive identifies items by the ids that they had before deletion.',
  });
}

/** Maximum number of entries per deletion request. */
const inOneRequest = 100;

/**
 * Deletes entries of the recycle bin permanently.
 * @param ids from {@link listTrash}.
 * @throws OneDriveError `not-supported` for personal drives and over Live v5.0, `access-denied`.
 */
export async function deleteTrash(
  context: DriveContext,
  ids: readonly string[],
  options: DriveOptions = {},
): Promise<void> {
  const { place, siteId } = await binOf(context, options);
  for (let at = 0; at < ids.length; at += inOneRequest)
    await deleteFromRecycleBin(place.client, siteId, ids.slice(at, at + inOneRequest), {
      signal: options.signal,
    });
}
