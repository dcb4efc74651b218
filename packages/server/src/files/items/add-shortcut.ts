/**
 * Adds a folder of another user to the caller's drive: a child with a `remoteItem`.
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 */
import { json } from '../../core/answers.ts';
import { isObject } from '../../core/body.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import { accessContext } from '../../core/guard.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest, notSupported } from '../../core/service-error.ts';
import { driveNamed, requireLevel } from '../../sharing/access.ts';
import { driveKey } from '../drives/drive-record.ts';
import type { ItemContext } from '../drives/drive-route.ts';
import { makeShortcut } from '../folders/make-folder.ts';
import { actorOf } from './actor.ts';
import { itemBody } from './answer-items.ts';
import { readConflictBehavior } from './conflict.ts';
import type { RemoteRecord } from './item-record.ts';
import { findItem, itemById } from './resolve.ts';
import { isFolder } from './tree.ts';

/**
 * Handles a POST of a child that has a `remoteItem`.
 * @throws ServiceError 400 if the parent is not the root of a user's drive or the target is not a folder of another drive;
 * 403 or 404 for a folder that the caller may not read; 409.
 */
export function addShortcut(context: ItemContext, body: Readonly<Record<string, unknown>>): ServerResponse {
  const { world, drive, caller } = context;
  const target = readRemote(body['remoteItem']);
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  if (drive.kind === 'documentLibrary')
    throw notSupported("A shared folder can be added to a person's drive only.", 400);
  if (driveKey(target.driveId) === driveKey(drive.id))
    throw invalidRequest('The target of a shortcut must be a folder of another drive.');
  return world.storage.write((records) => {
    const parent = findItem(records, drive, context.selector);
    if (parent.parent !== 0) throw invalidRequest('A shared folder can be added to the root only.');
    const remoteDrive = driveNamed(records, target.driveId);
    const folder = itemById(records, remoteDrive, target.id);
    requireLevel(records, remoteDrive, folder, { ...accessContext(context), wanted: 'read' });
    if (!isFolder(folder)) throw invalidRequest('Only folders can be added to a drive.');
    const name = readName(body) ?? (folder.parent === 0 ? remoteDrive.name : folder.name);
    const remote = { driveId: remoteDrive.id, id: folder.id };
    const actor = actorOf(world, caller.account, caller.clientId);
    const item = makeShortcut(records, drive, parent, { name, behavior, remote }, actor);
    return json(201, itemBody(records, context, item), { ETag: headerTag(eTagOf(item, drive.kind)) });
  });
}

function readRemote(value: unknown): RemoteRecord {
  const reference = isObject(value) ? value['parentReference'] : undefined;
  const driveId = isObject(reference) ? reference['driveId'] : undefined;
  const id = isObject(value) ? value['id'] : undefined;
  if (typeof id !== 'string' || typeof driveId !== 'string')
    throw invalidRequest(
      'The property remoteItem needs an id and a parentReference with a driveId.',
      'invalidParameterFormat',
    );
  return { driveId, id };
}

function readName({ name }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof name === 'string' && name !== '' ? name : undefined;
}
