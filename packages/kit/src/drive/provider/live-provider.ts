/**
 * The Live v5.0 API as a {@link DriveProvider}: each operation is one or a few calls into live/, plus the
 * conversion of the results. Unsupported features (copying or moving a folder, eTags, file times) are
 * declared, or rejected with their name.
 */
import { LiveError, OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import { type Paged, pagedOf } from '../../graph/page.ts';
import type { CreateLinkRequest, DriveItem, ItemChange, Permission } from '../../graph/types/index.ts';
import { readSource } from '../../live/endpoints/content.ts';
import type { LiveClient, LiveObject } from '../../live/index.ts';
import * as live from '../../live/index.ts';
import type { Random } from '../../platform/random.ts';
import { parseContentRange } from './graph-content.ts';
import { itemOfLive } from './live-item.ts';
import { liveQuota } from './live-quota.ts';
import { resolveLive } from './live-resolve.ts';
import {
  askLiveSession,
  cancelLiveSession,
  type KnownSessions,
  type LiveUploadOptions,
  openLiveSession,
  putLive,
  refuseIfMatch,
  sendLiveFragment,
} from './live-upload.ts';
import type {
  ContentRange,
  ContentStream,
  CopyTarget,
  DriveProvider,
  ProviderCall,
  ProviderCapabilities,
  ProviderChange,
  ProviderList,
} from './provider.ts';
import { withWireObject } from './wire-object.ts';

/**
 * Size in bytes from which an upload uses BITS: below the 100 MB that a PUT accepted (MSDN dn659726), with a
 * margin.
 */
export const bitsFrom = 95_000_000;

export interface LiveProviderOptions extends LiveUploadOptions {
  /** Size in bytes from which an upload uses BITS. Default: {@link bitsFrom}. Empty files never use it. */
  readonly bitsFrom?: number | undefined;
}

function capabilitiesOf(options: LiveProviderOptions): ProviderCapabilities {
  const { bitsFrom: from = bitsFrom } = options;
  return {
    name: 'The Live v5.0 API',
    putLimit: Math.max(0, from - 1),
    fragmentUnit: 1,
    fragmentLimit: 60 << 20,
    copiesFolders: false,
    keepsTimes: false,
    ...(options.downsize === true ? { rewrites: isDownsized } : {}),
  };
}

/** Pixels of the longer side of a photo that was scaled down. MSDN hh243648, "Photo object", `full`. */
const downsizedSide = 2048;

function isDownsized({ image }: DriveItem): boolean {
  return Math.max(image?.width ?? 0, image?.height ?? 0) === downsizedSide;
}

/** The drive of the signed-in user. @param random creates temporary names of files during BITS uploads. */
export function liveProvider(
  client: LiveClient,
  random: Random,
  options: LiveProviderOptions = {},
): DriveProvider {
  const known: KnownSessions = new Map();
  const resolved = (ref: ItemRef, call: ProviderCall) => resolveLive(client, ref, call);
  return {
    capabilities: capabilitiesOf(options),
    user: (call) => userOf(client, call),
    drive: (call) => driveOf(client, call),
    item: async (ref, call) => itemOfLive(await resolved(ref, call)),
    children: (folder, call) => children(client, folder, call),
    search: (within, text, call) => search(client, within, text, call),
    recent: (call) => onePage(async () => (await live.listRecent(client, call)).data),
    createFolder: async (parent, name, { metadata, ...call }) => {
      const folder = await resolved(parent, call);
      return itemOfLive(await live.createFolder(client, folder.id, { ...metadata, name }, call));
    },
    update: async (ref, change, call) =>
      itemOfLive(await update(client, await resolved(ref, call), change, call)),
    remove: async (ref, { ifMatch, ...call }) => {
      refuseIfMatch(ifMatch);
      await live.deleteObject(client, (await resolved(ref, call)).id, call);
    },
    link: async (ref, request, call) => link(client, await resolved(ref, call), request, call),
    startCopy: async (ref, target, call) => ({
      kind: 'done',
      item: itemOfLive(await copy(client, await resolved(ref, call), target, call)),
    }),
    copyStatus: async () => {
      throw new OneDriveError(
        'internal',
        'A copy with the Live v5.0 API is complete at once; it has no monitor.',
      );
    },
    contentPlace: (item, call) => contentPlace(client, item, call),
    readContent: (place, range) => readContent(client, place, range),
    put: async (target, body) => itemOfLive(await putLive(client, target, body, options)),
    openSession: (target) => openLiveSession(client, target, { known, random }),
    sendFragment: (session, range, body, call) =>
      sendLiveFragment(client, session, range, body, { ...options, ...call, known }),
    askSession: (session, call) => askLiveSession(client, session, { ...options, ...call, known }),
    cancelSession: (session, call) => cancelLiveSession(client, session, call),
  };
}

async function userOf(client: LiveClient, call: ProviderCall) {
  const user = await live.getUser(client, 'me', call);
  const mail = user.emails?.preferred ?? user.emails?.account ?? undefined;
  const known = {
    id: user.id,
    displayName: user.name,
    ...(user.first_name === null ? {} : { givenName: user.first_name }),
    ...(user.last_name === null ? {} : { surname: user.last_name }),
    ...(mail === undefined ? {} : { mail }),
  };
  return withWireObject(known, user);
}

async function driveOf(client: LiveClient, call: ProviderCall) {
  const quota = await live.getQuota(client, call);
  const { id } = await live.getUser(client, 'me', call);
  return {
    id,
    driveType: 'personal',
    quota: withWireObject(liveQuota(quota), quota),
  };
}

function onePage(fetchPage: () => Promise<readonly LiveObject[]>): Paged<DriveItem> {
  async function* pages() {
    yield (await fetchPage()).map(itemOfLive);
  }
  return pagedOf(pages, (page) => page);
}

function mapped(open: () => Promise<live.Paged<LiveObject>>): Paged<DriveItem> {
  async function* pages() {
    for await (const page of (await open()).pages()) yield page.map(itemOfLive);
  }
  return pagedOf(pages, (page) => page);
}

const orders: Readonly<Record<string, live.LiveSortBy>> = {
  name: 'name',
  size: 'size',
  lastmodifieddatetime: 'updated',
};

function children(
  client: LiveClient,
  folder: ItemRef,
  { orderBy, limit, signal }: ProviderList,
): Paged<DriveItem> {
  return mapped(async () => {
    const { id, type } = await resolveLive(client, folder, { signal });
    if (type !== 'folder' && type !== 'album')
      throw new OneDriveError('not-supported', `${describeItem(folder)} is a ${type}, not a folder.`);
    const [key = '', direction] = (orderBy ?? '').split(' ');
    return live.listFiles(client, id, {
      signal,
      pageSize: Math.min(500, Math.max(1, limit ?? 500)),
      ...(orderBy === undefined ? {} : { sortBy: orders[key.toLowerCase()] ?? 'default' }),
      ...(direction?.toLowerCase() === 'desc' ? { sortOrder: 'descending' as const } : {}),
    });
  });
}

function search(client: LiveClient, within: ItemRef, text: string, call: ProviderList): Paged<DriveItem> {
  return mapped(async () => {
    if (within.anchor.kind === 'root' && within.path.length === 0)
      return live.searchObjects(client, text, { signal: call.signal, pageSize: 100 });
    throw new OneDriveError('not-supported', 'The Live v5.0 API can search only the whole drive.', {
      hint: 'Search from the root.',
    });
  });
}

async function update(
  client: LiveClient,
  object: LiveObject,
  change: ItemChange,
  { conflict, ifMatch, ...call }: ProviderChange,
): Promise<LiveObject> {
  refuseIfMatch(ifMatch);
  if (conflict !== 'fail')
    throw new OneDriveError(
      'not-supported',
      'With the Live v5.0 API, a name that is taken can only cause an error.',
    );
  const { parentReference, ...rest } = change;
  if (Object.keys(change).join() === 'fileSystemInfo')
    throw new OneDriveError('not-supported', 'The Live v5.0 API cannot set the times of files.');
  const parent = parentReference?.id;
  const moved = parent !== undefined && parent !== object.parent_id;
  if (moved) refuseFolder(object, 'move');
  let current = moved ? await live.moveObject(client, object.id, parent, call) : object;
  const settable = Object.entries(rest).filter(([key]) => key !== 'fileSystemInfo');
  const wanted = Object.fromEntries(
    settable.filter(([key, value]) => key !== 'name' || value !== current.name),
  );
  if (Object.keys(wanted).length > 0)
    current = await orUndone(
      () => live.updateObject(client, current.id, wanted, call),
      async () => {
        if (moved && object.parent_id !== null)
          await live.moveObject(client, current.id, object.parent_id, call);
      },
    );
  return live.getObject(client, current.id, call);
}

/** @throws OneDriveError `not-supported`: v5.0 copied and moved files only. */
function refuseFolder(object: LiveObject, verb: string): void {
  if (object.type !== 'folder' && object.type !== 'album') return;
  const past = verb === 'copy' ? 'copies' : 'moves';
  throw new OneDriveError(
    'not-supported',
    `The Live v5.0 API ${past} files only, and ${object.name} is a ${object.type}.`,
    {
      hint: `To ${verb} folders, use Microsoft Graph (api: graph).`,
    },
  );
}

async function copy(
  client: LiveClient,
  object: LiveObject,
  { folder, name }: CopyTarget,
  { conflict, ifMatch, ...call }: ProviderChange,
): Promise<LiveObject> {
  refuseIfMatch(ifMatch);
  refuseFolder(object, 'copy');
  if (conflict !== 'fail')
    throw new OneDriveError(
      'not-supported',
      'With the Live v5.0 API, a name that is taken can only cause an error.',
    );
  const made = await live.copyObject(client, object.id, folder.id, call);
  if (name === undefined || name === made.name) return made;
  return orUndone(
    () => live.updateObject(client, made.id, { name }, call),
    () => live.deleteObject(client, made.id, call),
  );
}

/** The second part of a change that takes two requests. If it fails, the first part is undone. */
async function orUndone<T>(task: () => Promise<T>, undo: () => Promise<void>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof LiveError) await undo();
    throw error;
  }
}

const linkTypes = { view: 'shared_read_link', edit: 'shared_edit_link', embed: 'embed' } as const;

async function link(
  client: LiveClient,
  object: LiveObject,
  { type, scope, password, expirationDateTime }: CreateLinkRequest,
  call: ProviderCall,
): Promise<Permission> {
  if (
    (scope !== undefined && scope !== 'anonymous') ||
    password !== undefined ||
    expirationDateTime !== undefined
  ) {
    throw new OneDriveError(
      'not-supported',
      'Links of the Live v5.0 API are for anyone, and have neither password nor expiry.',
    );
  }
  const made = await live.getLink(client, object.id, linkTypes[type], call);
  const webHtml = made.embed_html;
  const webUrl = made.link ?? /src="([^"]+)"/.exec(webHtml ?? '')?.[1]?.replaceAll('&amp;', '&');
  const details = {
    type,
    ...(webUrl === undefined ? {} : { webUrl }),
    ...(webHtml === undefined ? {} : { webHtml }),
  };
  return withWireObject({ id: `${object.id}/${linkTypes[type]}`, link: details }, made);
}

async function contentPlace(client: LiveClient, item: DriveItem, call: ProviderCall): Promise<string> {
  const known = item['@microsoft.graph.downloadUrl'];
  if (known !== undefined) return known;
  if (item.package !== undefined) {
    throw new OneDriveError(
      'not-supported',
      `${item.name} is a OneNote notebook, which has no content of its own.`,
    );
  }
  const place = await live.getContent(client, item.id, call);
  if (place.kind === 'url') return place.url;
  throw new OneDriveError('protocol', 'The server returns the content itself instead of its download URL.');
}

async function readContent(
  client: LiveClient,
  place: string,
  { start, end, ifMatch, signal }: ContentRange,
): Promise<ContentStream> {
  const whole = start === 0 && end === undefined;
  const byteRange = whole ? undefined : `${start}-${end === undefined ? '' : end - 1}`;
  const response = await readSource(client, place, { signal, byteRange, ifMatch, what: 'read the content' });
  const version = response.headers['etag'];
  if (response.status !== 206) {
    const length = response.headers['content-length'];
    return {
      start: 0,
      total: length === undefined ? undefined : Number(length),
      version,
      body: response.body,
    };
  }
  const part = parseContentRange(response.headers['content-range'] ?? '');
  if (part === undefined)
    throw new OneDriveError(
      'protocol',
      'The server returned a part of the content without stating which one.',
    );
  return { ...part, version, body: response.body };
}
