/** PATCH, DELETE, restore and permanentDelete. */
import { empty, json } from '../../core/answers.ts';
import { readEntity } from '../../core/body.ts';
import { precondition } from '../../core/conditional.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest, itemNotFound, notSupported, resourceModified } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import { versionOfTimes } from '../../testing/quirks/version-on-time-change.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { actorOf } from './actor.ts';
import { itemBody } from './answer-items.ts';
import { readConflictBehavior } from './conflict.ts';
import { readDescription, readFileTimes } from './item-properties.ts';
import type { ItemRecord } from './item-record.ts';
import { moveItem } from './move-item.ts';
import { conditions, tagsOf } from './read-routes.ts';
import { purgeItem, removeItem, restoreItem } from './remove-item.ts';
import { findItem } from './resolve.ts';
import { readTarget } from './target-parent.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const item = { on: 'item', writes: true } as const;

export const changeRoutes: readonly DriveRoute[] = [
  { ...item, method: 'PATCH', tail: '', source: `${docs}/driveitem-update`, handle: patchItem },
  { ...item, method: 'DELETE', tail: '', source: `${docs}/driveitem-delete`, handle: deleteItem },
  { ...item, method: 'POST', tail: 'restore', source: `${docs}/driveitem-restore`, handle: restore },
  {
    ...item,
    method: 'POST',
    tail: 'permanentDelete',
    source: `${docs}/driveitem-permanentdelete`,
    handle: permanentDelete,
  },
];

/** @throws ServiceError 412. */
export function checkMatch(context: ItemContext, found: ItemRecord): void {
  if (
    precondition(
      { ifMatch: conditions(context).ifMatch, ifNoneMatch: undefined },
      tagsOf(context, found),
      false,
    ) === 'failed'
  )
    throw resourceModified();
}

/** The `name` in a body; undefined if there is none. @throws ServiceError 400 if it is not a string. */
export function readName(body: Readonly<Record<string, unknown>>): string | undefined {
  const { name } = body;
  if (name === undefined || name === null) return undefined;
  if (typeof name !== 'string')
    throw invalidRequest('The property name must be a string.', 'invalidParameterFormat');
  return name;
}

async function patchItem(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  const body = await readEntity(context.request);
  const description = readDescription(body, drive.kind);
  const data = { ...readFileTimes(body), ...(description === undefined ? {} : { description }) };
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  return world.storage.write((records) => {
    const found = findItem(records, drive, context.selector);
    checkMatch(context, found);
    const target = readTarget(records, context, body);
    if (target.drive.number !== drive.number)
      throw notSupported('An item cannot be moved to another drive; copy it and delete it here.', 400);
    const versionChanges = versionOfTimes(records, world, drive, found, data);
    const move = {
      parent: target.parent,
      name: readName(body),
      behavior,
      data: { ...data, ...versionChanges },
    };
    const changed = moveItem(records, drive, found, move, actorOf(world, caller.account, caller.clientId));
    return answer(records, context, changed);
  });
}

function answer(records: Records, context: ItemContext, changed: ItemRecord): ServerResponse {
  return json(200, itemBody(records, context, changed), {
    ETag: headerTag(eTagOf(changed, context.drive.kind)),
  });
}

async function deleteItem(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  world.storage.write((records) => {
    const found = findItem(records, drive, context.selector);
    checkMatch(context, found);
    if (refusesMatch(context)) throw resourceModified();
    removeItem(records, drive, found, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}

/** Applies the quirk `business-rejects-delete-if-match`. */
const refusesMatch = ({ world, drive, request }: ItemContext): boolean =>
  drive.kind !== 'personal' &&
  request.headers['if-match'] !== undefined &&
  world.settings.quirks.includes('business-rejects-delete-if-match');

async function permanentDelete(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  if (drive.kind === 'personal')
    throw notSupported('permanentDelete is not available on OneDrive Personal.', 400);
  world.storage.write((records) => {
    purgeItem(
      records,
      drive,
      findItem(records, drive, context.selector),
      actorOf(world, caller.account, caller.clientId),
    );
  });
  return empty(204);
}

async function restore(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller, selector } = context;
  if (drive.kind !== 'personal') throw notSupported('restore is available on OneDrive Personal only.', 400);
  const body = await readEntity(context.request);
  const behavior = readConflictBehavior(body, context.query);
  const { start } = selector;
  if (start.by !== 'id' || selector.path.length > 0)
    throw invalidRequest('Address a deleted item by its id.');
  return world.storage.write((records) => {
    const found = records.itemById(drive.number, start.id);
    if (found === undefined) throw itemNotFound();
    const { parent } = readTarget(records, context, body);
    const name = readName(body);
    const actor = actorOf(world, caller.account, caller.clientId);
    return answer(records, context, restoreItem(records, drive, found, { parent, name, behavior }, actor));
  });
}
