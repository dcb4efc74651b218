/** Folders, and other lists of objects: recent, shared, search; and the quota of the drive. */
import { repeatable } from '../../http/repeated.ts';
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type Paged, pagedByOffset, type Range } from '../page.ts';
import { type CallOptions, objectPath, sendForObject } from '../send.ts';
import type {
  LiveAlbum,
  LiveChange,
  LiveCollection,
  LiveFolder,
  LiveObject,
  LiveQuota,
  LiveSortBy,
} from '../types/index.ts';

/** Options for listing a folder. */
export interface ListOptions extends CallOptions, Range {
  /** Only these kinds: `folders,albums,photos`. */
  readonly filter?: string | undefined;
  readonly sortBy?: LiveSortBy | undefined;
  readonly sortOrder?: 'ascending' | 'descending' | undefined;
}

/** One page of a folder, as the service returns it. @see MSDN hh826545, "Core concepts" */
export function listFilesPage(
  client: LiveClient,
  folder: string,
  options: ListOptions = {},
): Promise<LiveCollection<LiveObject>> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: `${objectPath(folder)}/files`,
    what: `list ${folder}`,
    query: {
      limit: options.limit,
      offset: options.offset,
      filter: options.filter,
      sort_by: options.sortBy,
      sort_order: options.sortOrder,
    },
    options,
  });
}

/** The objects in a folder, page by page. @throws LiveError `not-found`, also for a file */
export function listFiles(
  client: LiveClient,
  folder = 'me/skydrive',
  options: ListOptions = {},
): Paged<LiveObject> {
  return pagedByOffset(
    (offset, limit) => listFilesPage(client, folder, { ...options, offset, limit }),
    options,
  );
}

/** The size of the drive and its free space, in bytes. */
export function getQuota(client: LiveClient, options: CallOptions = {}): Promise<LiveQuota> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: 'me/skydrive/quota',
    what: 'read the quota',
    options,
  });
}

/**
 * Creates a folder. Repeated after a lost response; if a repeated attempt finds a folder with the name, that
 * folder is returned. @param folder the parent: an id or a friendly path.
 * @see MSDN dn631836, "Folder object"
 * @throws LiveError `conflict` if the name is taken
 */
export function createFolder(
  client: LiveClient,
  folder: string,
  properties: LiveChange,
  options: CallOptions = {},
): Promise<LiveFolder> {
  return repeatable<LiveFolder>(
    (memory) =>
      sendForObject(client, {
        method: 'POST',
        contract: contracts.create,
        url: objectPath(folder),
        what: `create a folder in ${folder}`,
        json: properties,
        idempotent: true,
        attempts: memory,
        options,
      }),
    { traces: ['conflict'], result: () => folderNamed(client, folder, properties.name, options) },
  );
}

async function folderNamed(
  client: LiveClient,
  folder: string,
  name: string | undefined,
  options: CallOptions,
): Promise<LiveFolder | undefined> {
  const wanted = name?.toLowerCase();
  for await (const object of listFiles(client, folder, options))
    if (object.type === 'folder' && object.name.toLowerCase() === wanted) return object;
  return undefined;
}

/** Creates an album, which is always in the root. @see MSDN dn659718, "Albums" */
export function createAlbum(
  client: LiveClient,
  properties: LiveChange,
  options: CallOptions = {},
): Promise<LiveAlbum> {
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.create,
    url: 'me/albums',
    what: 'create an album',
    json: properties,
    options,
  });
}

/** The albums of the user. */
export function listAlbums(client: LiveClient, options: ListOptions = {}): Paged<LiveAlbum> {
  return pagedByOffset(
    (offset, limit) =>
      sendForObject<LiveCollection<LiveAlbum>>(client, {
        method: 'GET',
        contract: contracts.read,
        url: 'me/albums',
        what: 'list the albums',
        query: { offset, limit },
        options,
      }),
    options,
  );
}

function view(
  client: LiveClient,
  url: string,
  what: string,
  options: CallOptions,
  query?: Readonly<Record<string, string | number | undefined>>,
): Promise<LiveCollection<LiveObject>> {
  return sendForObject(client, { method: 'GET', contract: contracts.read, url, what, query, options });
}

/** The most recently changed objects. */
export function listRecent(
  client: LiveClient,
  options: CallOptions = {},
): Promise<LiveCollection<LiveObject>> {
  return view(client, 'me/skydrive/recent_docs', 'list the recent objects', options);
}

/** The objects that others share with the user. */
export function listShared(
  client: LiveClient,
  options: CallOptions & {
    /** Only these. */
    readonly kind?: 'files' | 'albums' | 'photos' | 'videos' | undefined;
  } = {},
): Promise<LiveCollection<LiveObject>> {
  const { kind } = options;
  const url = kind === undefined ? 'me/skydrive/shared' : `me/skydrive/shared/${kind}`;
  return view(client, url, 'list the shared objects', options);
}

/** Objects whose names contain the words of `query`, with links to the next page. */
export function searchObjects(
  client: LiveClient,
  query: string,
  options: ListOptions = {},
): Paged<LiveObject> {
  return pagedByOffset(
    (offset, limit) => view(client, 'me/skydrive/search', 'search', options, { q: query, limit, offset }),
    options,
  );
}
