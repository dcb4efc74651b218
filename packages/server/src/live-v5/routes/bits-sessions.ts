/** Handles the packets of a BITS upload. The file is created as a whole when the session is closed. */
import { guidOf } from '../../core/guid.ts';
import type { ServerRequest } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import { putFile } from '../../files/content/put-file.ts';
import { sealedContent } from '../../files/content/sealed-content.ts';
import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import { actorOf } from '../../files/items/actor.ts';
import { checkName, checkQuota } from '../../files/items/check-place.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { rootOf } from '../../files/items/resolve.ts';
import { childNamed, isFolder } from '../../files/items/tree.ts';
import { accounts } from '../../people/account-record.ts';
import { expired } from '../../storage/expired.ts';
import type { Records } from '../../storage/storage.ts';
import { bitsProtocol, decideFragment, type FragmentRange, readContentRange } from '../bits-rules.ts';
import { cidOf, findShort, shortId } from '../live-id.ts';
import { type BitsSessionRecord, bitsSessions } from '../live-records.ts';
import { LiveRefusal, refusals } from '../live-refusal.ts';
import { liveBody } from './live-body.ts';
import { authenticateLive, requireLive } from './live-caller.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** The target of the file: a folder by its short id, or a path from the root. */
export type BitsPlace =
  | { readonly folder: string; readonly name: string }
  | { readonly user: string; readonly path: readonly string[]; readonly name: string };

type Headers = Readonly<Record<string, string>>;

/** Creates a session. */
export async function createSession(
  request: ServerRequest,
  world: World,
  place: BitsPlace,
): Promise<Headers> {
  const caller = authenticateLive(request, world);
  requireLive(caller, 'write');
  const offered = (request.headers['bits-supported-protocols'] ?? '').toLowerCase();
  if (!offered.includes(bitsProtocol))
    throw new LiveRefusal(400, 'request_header_invalid', `The only supported protocol is ${bitsProtocol}.`);
  const id = `{${guidOf(world.random.bytes(16)).toLowerCase()}}`;
  world.storage.write((records) => {
    sweep(records, world);
    const drive = drives.get(records, driveKey(caller.account.driveId));
    if (drive === undefined) throw refusals.notFound('me/skydrive');
    const parent = folderAt(records, drive, place);
    checkName(records, drive, parent, place.name);
    const existing = childNamed(records, parent, place.name);
    if (existing !== undefined && existing.data.kind !== 'file') throw refusals.alreadyExists(place.name);
    const blob = world.storage.blobs.create();
    // The session holds its own reference to the blob, so that received bytes survive a crash.
    records.retainBlob(blob);
    bitsSessions.put(records, id, {
      accountId: caller.account.id,
      drive: drive.number,
      parent: parent.key,
      name: place.name,
      blob,
      received: 0,
      expires: world.clock.now() + world.settings.sessionLifetime,
    });
  });
  return { 'BITS-Protocol': bitsProtocol, 'BITS-Session-Id': id, 'Accept-Encoding': 'identity' };
}

function folderAt(records: Records, drive: DriveRecord, place: BitsPlace): ItemRecord {
  if ('folder' in place) {
    const folder = findShort(records, drive, place.folder);
    if (folder === undefined || !isFolder(folder)) throw refusals.notFound(place.folder);
    return folder;
  }
  if (place.user.padStart(16, '0') !== cidOf(drive)) throw refusals.notFound(`0x${place.user}`);
  let folder = rootOf(records, drive);
  for (const name of place.path) {
    const next = childNamed(records, folder, name);
    if (next === undefined || !isFolder(next)) throw refusals.notFound(place.path.join('/'));
    folder = next;
  }
  return folder;
}

/** Receives a fragment: new bytes are written, known bytes are skipped, and a gap is refused. */
export function takeFragment(request: ServerRequest, world: World): Promise<Headers> {
  return oneAtATime(sessionId(request), () => takeNow(request, world));
}

async function takeNow(request: ServerRequest, world: World): Promise<Headers> {
  const { id, session } = openSession(request, world);
  const range = readContentRange(request.headers['content-range']);
  if (range === undefined)
    throw new LiveRefusal(
      400,
      'request_header_invalid',
      'The header Content-Range is not of the form "bytes 0-9/100".',
    );
  if (range.total > world.settings.fileLimit) throw refusals.tooLarge(world.settings.fileLimit);
  const verdict = decideFragment(session, range);
  switch (verdict.kind) {
    case 'other-total':
      throw new LiveRefusal(
        400,
        'request_header_invalid',
        `The total size of the upload is ${session.total ?? 0} bytes, not ${range.total}.`,
      );
    case 'gap':
      throw gap(session.received, range);
    case 'known':
      await discardBody(request, world);
      return received(id, session.received);
    case 'take': {
      const { storage, clock, settings } = world;
      if (session.received === 0)
        storage.read((records) => checkQuota(records, driveOf(records, session), range.total));
      const bytes = exactly(liveBody(request, settings.fragmentLimit), range, verdict.skip);
      const length = await storage.blobs.append(session.blob, session.received, bytes);
      storage.write((records) => {
        if (bitsSessions.get(records, id) === undefined) throw sessionNotFound(id);
        const expires = clock.now() + settings.sessionLifetime;
        bitsSessions.put(records, id, { ...session, received: length, total: range.total, expires });
      });
      return received(id, length);
    }
  }
}

async function discardBody(request: ServerRequest, world: World): Promise<void> {
  const body = liveBody(request, world.settings.fragmentLimit);
  while (!(await body.next()).done);
}

/** The bytes of a range without the first `skip`. @throws LiveRefusal 400 if the body is longer or shorter. */
async function* exactly(
  body: AsyncIterable<Uint8Array>,
  { start, end }: FragmentRange,
  skip: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const wrong = new LiveRefusal(
    400,
    'request_body_invalid',
    'The length of the body does not match its Content-Range.',
  );
  const length = end - start;
  let at = 0;
  for await (const chunk of body) {
    if (at + chunk.byteLength > length) throw wrong;
    const from = Math.min(chunk.byteLength, Math.max(0, skip - at));
    if (from < chunk.byteLength) yield chunk.subarray(from);
    at += chunk.byteLength;
  }
  if (at !== length) throw wrong;
}

function received(id: string, offset: number): Headers {
  return { 'BITS-Session-Id': id, 'BITS-Received-Content-Range': String(offset) };
}

function gap(offset: number, range: FragmentRange): LiveRefusal {
  return new LiveRefusal(
    416,
    'request_range_invalid',
    `The fragment begins at byte ${range.start}, but the next byte is ${offset}.`,
    { 'BITS-Received-Content-Range': String(offset) },
  );
}

/**
 * Creates or replaces the file. A repeated request returns the same response. The session id and the received range, which
 * the documentation mentions, were never sent by the real service, and are not sent here.
 */
export function closeSession(request: ServerRequest, world: World): Promise<Headers> {
  return oneAtATime(sessionId(request), () => closeNow(request, world));
}

async function closeNow(request: ServerRequest, world: World): Promise<Headers> {
  const caller = authenticateLive(request, world);
  requireLive(caller, 'write');
  const { id, session } = openSession(request, world, true);
  if (session.accountId !== caller.account.id) throw sessionNotFound(id);
  if (session.closed !== undefined) return { 'X-Resource-Id': session.closed };
  if (session.total === undefined || session.received < session.total)
    throw new LiveRefusal(416, 'request_range_invalid', 'The upload is not complete.', {
      'BITS-Received-Content-Range': String(session.received),
    });
  const { storage } = world;
  const content = sealedContent(await storage.blobs.seal(session.blob));
  const closed = storage.write((records) => {
    const drive = driveOf(records, session);
    const parent = records.item(session.parent);
    if (parent === undefined || parent.bin !== 0) throw refusals.notFound(session.name);
    const put = { parent, name: session.name, content, behavior: 'replace' } as const;
    const { item } = putFile(records, drive, put, actorOf(world, caller.account, caller.clientId));
    const short = shortId(item, drive);
    records.releaseBlob(session.blob);
    bitsSessions.put(records, id, { ...session, closed: short });
    return short;
  });
  return { 'X-Resource-Id': closed };
}

/** Deletes a session and its bytes. */
export async function cancelSession(request: ServerRequest, world: World): Promise<Headers> {
  const { id, session } = openSession(request, world, true);
  world.storage.write((records) => {
    bitsSessions.delete(records, id);
    if (session.closed === undefined) records.releaseBlob(session.blob);
  });
  return { 'BITS-Session-Id': id };
}

/** The session of a packet. @throws LiveRefusal 404 if it does not exist, or, unless `closed` is set, is closed. */
function openSession(
  request: ServerRequest,
  world: World,
  closed = false,
): { readonly id: string; readonly session: BitsSessionRecord } {
  const id = sessionId(request);
  const session = world.storage.read((records) => bitsSessions.get(records, id));
  if (session === undefined || session.expires <= world.clock.now()) throw sessionNotFound(id);
  if (session.closed !== undefined && !closed) throw sessionNotFound(id);
  return { id, session };
}

function sessionId(request: ServerRequest): string {
  return request.headers['bits-session-id']?.trim() ?? '';
}

function sessionNotFound(id: string): LiveRefusal {
  return new LiveRefusal(
    404,
    'bits_session_not_found',
    `There is no upload session ${JSON.stringify(id.slice(0, 60))}.`,
    // Recorded: https://github.com/xybu/onedrive-d-old, od_onedrive_api.py.
    { 'X-ClientErrorCode': 'UploadSessionNotFound' },
  );
}

function driveOf(records: Records, session: BitsSessionRecord): DriveRecord {
  const account = accounts.get(records, session.accountId);
  const drive = account === undefined ? undefined : drives.get(records, driveKey(account.driveId));
  if (drive?.number !== session.drive) throw refusals.notFound('me/skydrive');
  return drive;
}

/** Deletes the sessions that have expired. */
function sweep(records: Records, world: World): void {
  const now = world.clock.now();
  for (const { key, value: session } of expired(records, bitsSessions, now)) {
    bitsSessions.delete(records, key);
    if (session.closed === undefined) records.releaseBlob(session.blob);
  }
}
