/**
 * Uploads over v5.0: one PUT below 95,000,000 bytes, BITS above. A BITS session has no request for its
 * progress, so the upload sends a fragment that the server already has or must reject: it changes nothing,
 * and the response contains the offset.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import { bytesBody } from '../../http/bodies.ts';
import type { HttpBody } from '../../http/transport.ts';
import {
  type BitsSession,
  bitsUrl,
  cancelBitsSession,
  closeBitsSession,
  createBitsSession,
  fileIdOf,
  getObject,
  getUser,
  type LiveClient,
  type LiveObject,
  parseObjectId,
  putContent,
  putFile,
  sendBitsFragment,
} from '../../live/index.ts';
import type { Random } from '../../platform/random.ts';
import { itemOfLive } from './live-item.ts';
import { childNamed, resolveLive } from './live-resolve.ts';
import { passingName, settleName, type WantedName } from './live-settle-name.ts';
import type {
  FragmentRange,
  ProviderCall,
  ProviderSession,
  SessionAnswer,
  UploadTarget,
} from './provider.ts';

/** Options for uploads. */
export interface LiveUploadOptions {
  /**
   * Let the service scale photos down, which is its own default. Default: false, so that the bytes do not
   * change.
   */
  readonly downsize?: boolean | undefined;
  /**
   * Called just before a session is closed. The real service responded to some closes with 5xx unless the
   * token was fresh: https://github.com/mk-fg/python-onedrive/issues/39
   */
  readonly beforeCommit?: ((call: ProviderCall) => Promise<void>) | undefined;
}

/** The target of an upload: a folder and a name, or an existing file. */
type Place =
  | { readonly kind: 'new'; readonly folder: LiveObject; readonly name: string }
  | { readonly kind: 'over'; readonly file: LiveObject };

async function placeOf(client: LiveClient, at: ItemRef, call: ProviderCall): Promise<Place> {
  const name = at.path.at(-1);
  if (name === undefined) return { kind: 'over', file: await resolveLive(client, at, call) };
  const folder = await resolveLive(client, { anchor: at.anchor, path: at.path.slice(0, -1) }, call);
  if (folder.type === 'folder' || folder.type === 'album') return { kind: 'new', folder, name };
  throw new OneDriveError('not-supported', `${folder.name} is a ${folder.type}, not a folder.`);
}

/** @throws OneDriveError `not-supported`: the API has no eTags. */
export function refuseIfMatch(ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  throw new OneDriveError(
    'not-supported',
    'The Live v5.0 API has no eTags, so a change cannot depend on one.',
  );
}

/** One request. */
export async function putLive(
  client: LiveClient,
  target: UploadTarget,
  body: HttpBody,
  { downsize = false }: LiveUploadOptions,
): Promise<LiveObject> {
  const { at, conflict, ifMatch, signal } = target;
  refuseIfMatch(ifMatch);
  const place = await placeOf(client, at, { signal });
  const uploaded =
    place.kind === 'over'
      ? await putContent(client, place.file.id, body, { signal, downsize })
      : await putFile(client, place.folder.id, place.name, body, {
          signal,
          downsize,
          ...overwriteOf(conflict),
        });
  return getObject(client, uploaded.id, { signal });
}

/**
 * `overwrite=false` in the query keeps both files under one name; the header makes the request fail, which is
 * the meaning of `fail`.
 */
function overwriteOf(conflict: UploadTarget['conflict']) {
  switch (conflict) {
    case 'replace':
      return { overwrite: 'true' } as const;
    case 'rename':
      return { overwrite: 'ChooseNewName' } as const;
    case 'fail':
      return { refuseTaken: true } as const;
  }
}

/** The content of a session id: a secret, like that of every session. */
interface Ticket extends BitsSession {
  readonly user: string;
  readonly total: number;
  /** The final name of the file, if a taken name must not be overwritten. */
  readonly then?: WantedName;
}

/**
 * The provider's state of its sessions: the number of bytes that the server certainly has, and the number
 * sent at most.
 */
export type KnownSessions = Map<string, { readonly received: number; readonly sent: number }>;

/** The parameters of every call for a session. */
interface SessionCall extends LiveUploadOptions, ProviderCall {
  readonly known: KnownSessions;
}

/**
 * Opens a BITS session. It always overwrites, so a name that must not be overwritten is set when the file is
 * complete.
 */
export async function openLiveSession(
  client: LiveClient,
  target: UploadTarget,
  { known, random }: { readonly known: KnownSessions; readonly random: Random },
): Promise<ProviderSession> {
  const { at, conflict, ifMatch, size, signal } = target;
  refuseIfMatch(ifMatch);
  const place = await folderAndName(client, at, { signal });
  const { folder } = place;
  // Checked first, so that nothing is sent if the name is already taken.
  if (conflict === 'fail') await refuseTaken(client, folder, place.name, at, { signal });
  const name = conflict === 'replace' ? place.name : passingName(place.name, random);
  const user = parseObjectId(folder)?.user ?? (await getUser(client, 'me', { signal })).id;
  const session = await createBitsSession(client, bitsUrl(client, user, { folder, name }), { signal });
  const then = conflict === 'replace' ? {} : { then: { name: place.name, conflict } };
  const ticket: Ticket = { ...session, user, total: size, ...then };
  const id = JSON.stringify(ticket);
  known.set(id, { received: 0, sent: 0 });
  return { id };
}

async function folderAndName(client: LiveClient, at: ItemRef, call: ProviderCall) {
  const place = await placeOf(client, at, call);
  if (place.kind === 'new') return { folder: place.folder.id, name: place.name };
  const { parent_id: folder, name } = place.file;
  if (folder !== null) return { folder, name };
  throw new OneDriveError('usage', 'The root of a drive is not a file.');
}

async function refuseTaken(
  client: LiveClient,
  folder: string,
  name: string,
  at: ItemRef,
  call: ProviderCall,
): Promise<void> {
  if ((await childNamed(client, folder, name, call)) === undefined) return;
  throw new OneDriveError('conflict', `The name of ${describeItem(at)} is taken.`, {
    hint: { step: 'name', conflict: ['replace'] },
  });
}

function ticketOf(session: ProviderSession): Ticket {
  return JSON.parse(session.id) as Ticket;
}

/** Sends a fragment; the last one completes the session. */
export async function sendLiveFragment(
  client: LiveClient,
  session: ProviderSession,
  range: FragmentRange,
  body: HttpBody,
  options: SessionCall,
): Promise<SessionAnswer> {
  const { known } = options;
  const before = known.get(session.id);
  known.set(session.id, {
    received: before?.received ?? 0,
    sent: Math.max(before?.sent ?? range.total, range.end),
  });
  const answer = await sendBitsFragment(client, ticketOf(session), range, body, options);
  const received = answer.received ?? (answer.accepted ? range.end : range.start);
  return afterReceived(client, session, received, options);
}

async function afterReceived(
  client: LiveClient,
  session: ProviderSession,
  received: number,
  options: SessionCall,
): Promise<SessionAnswer> {
  const { known } = options;
  const ticket = ticketOf(session);
  const sent = Math.max(known.get(session.id)?.sent ?? 0, received);
  known.set(session.id, { received, sent });
  if (received < ticket.total) return { kind: 'expects', ranges: [`${received}-`] };
  return { kind: 'item', item: itemOfLive(await close(client, session, ticket, options)) };
}

async function close(
  client: LiveClient,
  session: ProviderSession,
  ticket: Ticket,
  { signal, beforeCommit, known }: SessionCall,
): Promise<LiveObject> {
  await beforeCommit?.({ signal });
  const short = await closeBitsSession(client, ticket, { signal });
  known.delete(session.id);
  if (short !== undefined && short !== '') {
    const file = fileIdOf(ticket.user, short);
    if (ticket.then !== undefined) await settleName(client, file, ticket.then, { signal });
    return getObject(client, file, { signal });
  }
  throw new OneDriveError(
    'protocol',
    'The upload was completed, but the response does not identify the created file.',
  );
}

/**
 * The progress of a session, without guessing: either bytes are sent again that the service has and skips, or
 * a byte is sent that leaves a gap, which it rejects; both responses contain the offset. For a session of
 * another process neither is possible, so it starts again from the beginning, and the service skips the bytes
 * that it has.
 */
export async function askLiveSession(
  client: LiveClient,
  session: ProviderSession,
  options: SessionCall,
): Promise<SessionAnswer> {
  const ticket = ticketOf(session);
  const state = options.known.get(session.id);
  const start = probeAt(ticket.total, state);
  if (start === undefined) return { kind: 'expects', ranges: ['0-'] };
  const range = { start, end: start + 1, total: ticket.total };
  const answer = await sendBitsFragment(client, ticket, range, bytesBody(new Uint8Array(1)), options);
  return afterReceived(client, session, answer.received ?? state?.received ?? 0, options);
}

/** The position at which one wrong byte can be sent without harm; undefined if there is none. */
function probeAt(
  total: number,
  state: { readonly received: number; readonly sent: number } | undefined,
): number | undefined {
  if (state === undefined) return undefined;
  if (state.received > 0) return 0;
  return state.sent < total - 1 ? total - 1 : undefined;
}

/** Cancels a session. */
export async function cancelLiveSession(
  client: LiveClient,
  session: ProviderSession,
  call: ProviderCall,
): Promise<void> {
  await cancelBitsSession(client, ticketOf(session), call);
}
