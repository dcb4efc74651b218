/** Finds, deletes and commits the records of upload sessions. */

import { itemNotFound, nameAlreadyExists } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { accounts, anonymousAccount } from '../../people/account-record.ts';
import { expired } from '../../storage/expired.ts';
import type { Records } from '../../storage/storage.ts';
import { type FileFacts, type PutResult, putFile, replaceContent } from '../content/put-file.ts';
import { driveKey, drives } from '../drives/drive-record.ts';
import { makeParents } from '../folders/make-folder.ts';
import { actorOf } from '../items/actor.ts';
import type { Content } from '../items/add-item.ts';
import { childNamed, isFolder } from '../items/tree.ts';
import { pathLookup, type UploadSessionRecord, uploadSessions } from './upload-session-record.ts';

const sessionNotFound = () => itemNotFound('The upload session was not found.', 'uploadSessionNotFound');

/** The session with a secret. @throws ServiceError 404 if it ended or expired. */
export function liveSession(
  records: Records,
  world: Pick<World, 'clock'>,
  secret: string,
): UploadSessionRecord {
  const session = uploadSessions.get(records, secret);
  if (session === undefined || session.expires <= world.clock.now()) throw sessionNotFound();
  return session;
}

/** Ends a session and deletes its bytes, unless they have become a file's content. */
export function dropSession(records: Records, secret: string, session: UploadSessionRecord): void {
  uploadSessions.delete(records, secret);
  records.releaseBlob(session.blob);
}

/**
 * Whether another session uploads to the same name; then the name is taken:
 * https://github.com/rclone/rclone/issues/3702 ("An upload session already exists for this file").
 */
export const isHeld = (
  records: Records,
  place: Pick<UploadSessionRecord, 'driveId' | 'base' | 'names'>,
  now: number,
): boolean => uploadSessions.find(records, pathLookup(place)).some(({ expires }) => expires > now);

/** Drops every session that has expired. */
export function sweepSessions(records: Records, now: number): void {
  for (const { key, value } of expired(records, uploadSessions, now)) dropSession(records, key, value);
}

/**
 * Converts a complete session to a file and ends it. If that fails, the session remains, so that the client can commit it
 * under another name.
 * @throws ServiceError 409 if the name is taken, 404 if the folder no longer exists, 507 if the quota is exceeded.
 */
export function commitSession(
  records: Records,
  world: World,
  secret: string,
  session: UploadSessionRecord,
  content: Content,
): PutResult {
  const drive = drives.get(records, driveKey(session.driveId));
  const { accountId } = session;
  const account = accountId === '' ? anonymousAccount : accounts.get(records, accountId);
  const base = records.item(session.base);
  if (drive === undefined || account === undefined || base === undefined || base.bin !== 0)
    throw sessionNotFound();
  const actor = actorOf(world, account, session.clientId);
  const { description, fsCreated, fsModified, behavior } = session;
  const facts: FileFacts = { description, fsCreated, fsModified };
  let result: PutResult;
  if (session.names.length === 0) {
    result = { item: replaceContent(records, drive, base, { content, facts }, actor), created: false };
  } else {
    let parent = base;
    const names = [...session.names];
    const name = names.pop() ?? '';
    while (names.length > 0) {
      const next = childNamed(records, parent, names[0] ?? '');
      if (next === undefined) break;
      if (!isFolder(next)) throw nameAlreadyExists();
      parent = next;
      names.shift();
    }
    parent = makeParents(records, drive, parent, names, actor);
    result = putFile(records, drive, { parent, name, content, behavior, facts }, actor);
  }
  dropSession(records, secret, session);
  return result;
}
