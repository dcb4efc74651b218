/** Objects: reads, creates folders and albums, changes and deletes them; moves and copies files. */

import { type Copy, copyItem } from '../../files/copies/copy-item.ts';
import { makeFolder } from '../../files/folders/make-folder.ts';
import { actorOf } from '../../files/items/actor.ts';
import type { ConflictBehavior } from '../../files/items/conflict.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { moveItem } from '../../files/items/move-item.ts';
import { removeItem } from '../../files/items/remove-item.ts';
import { rootOf } from '../../files/items/resolve.ts';
import { childNamed, isFolder } from '../../files/items/tree.ts';
import type { Records } from '../../storage/storage.ts';
import { findShort, liveId, readLiveId } from '../live-id.ts';
import { readListQuery, readOverwrite } from '../live-query.ts';
import { extraOf, putExtra } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { liveName } from '../object-json.ts';
import { describeOne } from './describe.ts';
import { readProperties, textOf } from './live-body.ts';
import type { LiveAnswer, LiveContext, LiveItemContext, LiveRoute } from './live-route.ts';

const properties = 'MSDN dn659731, "Folder and file properties"';
const folders = 'MSDN dn631836, "Folder object"';
const files = 'MSDN dn631834, "File object"';

export const objectRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'item', tail: '', access: 'read', source: properties, handle: getObject },
  { method: 'PUT', on: 'item', tail: '', access: 'write', source: properties, handle: change },
  { method: 'DELETE', on: 'item', tail: '', access: 'write', source: properties, handle: remove },
  { method: 'POST', on: 'item', tail: '', access: 'write', source: folders, handle: postFolder },
  {
    method: 'POST',
    on: 'user',
    tail: 'albums',
    access: 'write',
    source: 'MSDN dn659718, "Albums"',
    handle: postAlbum,
  },
  { method: 'MOVE', on: 'item', tail: '', access: 'write', source: files, handle: move },
  { method: 'COPY', on: 'item', tail: '', access: 'write', source: files, handle: copy },
];

async function getObject(context: LiveItemContext): Promise<LiveAnswer> {
  return { status: 200, json: await describeOne(context, context.item) };
}

/** UTF-16 units. */
const descriptionLimit = 1024;

interface NewFolder {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly sortBy: string | undefined;
}

async function readWanted(context: LiveContext): Promise<NewFolder> {
  const body = await readProperties(context.request);
  const description = body['description'] === null ? '' : textOf(body, 'description');
  if (description !== undefined && description.length > descriptionLimit)
    throw refusals.parameterInvalid('description', `it is longer than ${descriptionLimit} characters`);
  const sortBy = textOf(body, 'sort_by');
  if (sortBy !== undefined) readListQuery(new URLSearchParams({ sort_by: sortBy }));
  return { name: textOf(body, 'name'), description, sortBy };
}

async function change(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, drive, item, caller } = context;
  const { name, description, sortBy } = await readWanted(context);
  if (name === undefined && description === undefined && sortBy === undefined)
    throw refusals.oneParameterMissing(['name', 'description', 'sort_by']);
  if (name === '') throw refusals.parameterInvalid('name', 'it is empty');
  const changed = world.storage.write((records) => {
    const current = present(records, item, context);
    if (sortBy !== undefined) putExtra(records, current.key, { sortBy: sortBy.toLowerCase() });
    const same = name === undefined || name === liveName(current, extraOf(records, current.key), drive);
    const existing = same ? undefined : childNamed(records, parentOf(records, current), name);
    if (existing !== undefined && existing.key !== current.key) throw refusals.alreadyExists(name ?? '');
    const data = description === undefined ? {} : { description };
    const change = { ...(same ? {} : { name }), behavior: 'fail', data } as const;
    return moveItem(records, drive, current, change, actorOf(world, caller.account, caller.clientId));
  });
  return { status: 200, json: await describeOne(context, changed) };
}

function parentOf(records: Records, item: ItemRecord): ItemRecord {
  return records.item(item.parent) ?? item;
}

/** The item as it is in this transaction. @throws LiveRefusal 404 if it no longer exists. */
function present(records: Records, item: ItemRecord, { drive }: LiveContext): ItemRecord {
  const current = records.item(item.key);
  if (current === undefined || current.bin !== 0) throw refusals.notFound(liveId(item, drive));
  return current;
}

async function remove(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, drive, item, caller } = context;
  world.storage.write((records) =>
    removeItem(
      records,
      drive,
      present(records, item, context),
      actorOf(world, caller.account, caller.clientId),
    ),
  );
  return { status: 204 };
}

async function postFolder(context: LiveItemContext): Promise<LiveAnswer> {
  if (!isFolder(context.item))
    throw refusals.resourceTypeInvalid(liveId(context.item, context.drive), ['folder', 'album']);
  return newFolder(context, context.item);
}

async function postAlbum(context: LiveContext): Promise<LiveAnswer> {
  return newFolder(context, undefined);
}

/** @param parent undefined for an album, which is always in the root. */
async function newFolder(context: LiveContext, parent: ItemRecord | undefined): Promise<LiveAnswer> {
  const { world, drive, caller } = context;
  const { name, description, sortBy } = await readWanted(context);
  if (name === undefined || name === '') throw refusals.parameterMissing('name');
  const made = world.storage.write((records) => {
    const folder = parent === undefined ? rootOf(records, drive) : present(records, parent, context);
    if (childNamed(records, folder, name) !== undefined) throw refusals.alreadyExists(name);
    const addition = { name, behavior: 'fail', description } as const;
    const { item } = makeFolder(
      records,
      drive,
      folder,
      addition,
      actorOf(world, caller.account, caller.clientId),
    );
    if (parent === undefined) putExtra(records, item.key, { album: true });
    if (sortBy !== undefined) putExtra(records, item.key, { sortBy: sortBy.toLowerCase() });
    return item;
  });
  return { status: 201, json: await describeOne(context, made) };
}

/**
 * What a move or a copy does if the name is taken. Default: 409. Clients can specify `overwrite` in the query, as onedrive-d
 * did (https://github.com/xybu/onedrive-d-old).
 */
function behaviorTo({ request, query }: LiveItemContext): ConflictBehavior {
  const rule = readOverwrite(query, request.headers['overwrite']);
  return rule === 'replace' || rule === 'rename' ? rule : 'fail';
}

/** @throws LiveRefusal 409 if the name is taken by an item that must not be replaced, including the item itself. */
function checkFree(records: Records, item: ItemRecord, to: Pick<Copy, 'parent' | 'name' | 'behavior'>): void {
  const existing = childNamed(records, to.parent, to.name);
  if (existing === undefined || to.behavior === 'rename') return;
  if (to.behavior === 'fail' || existing.key === item.key || existing.data.kind !== 'file')
    throw refusals.alreadyExists(to.name);
}

/** Only files can be moved; the target is an id, because the service refused friendly names. */
async function readDestination(context: LiveItemContext): Promise<(records: Records) => ItemRecord> {
  const { item, drive, request } = context;
  const destination = textOf(await readProperties(request), 'destination') ?? '';
  if (destination === '') throw refusals.parameterMissing('destination');
  if (item.data.kind !== 'file')
    throw refusals.resourceTypeInvalid(liveId(item, drive), ['file', 'photo', 'video', 'audio']);
  const id = readLiveId(destination);
  if (id === undefined) throw refusals.resourceTypeInvalid(destination.slice(0, 200), ['folder', 'album']);
  return (records) => {
    const own = id.user === drive.ownerId.toLowerCase();
    const folder = !own
      ? undefined
      : id.kind === 'root'
        ? rootOf(records, drive)
        : findShort(records, drive, id.short);
    if (folder === undefined) throw refusals.notFound(destination);
    if (!isFolder(folder)) throw refusals.resourceTypeInvalid(destination, ['folder', 'album']);
    return folder;
  };
}

async function move(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, drive, item, caller } = context;
  const destination = await readDestination(context);
  const moved = world.storage.write((records) => {
    const current = present(records, item, context);
    const parent = destination(records);
    const name = liveName(current, extraOf(records, current.key), drive);
    if (parent.key === current.parent) return current;
    const to = { parent, name, behavior: behaviorTo(context) };
    checkFree(records, current, to);
    const data = { fsModified: current.data.fsModified };
    return moveItem(
      records,
      drive,
      current,
      { ...to, data },
      actorOf(world, caller.account, caller.clientId),
    );
  });
  return { status: 201, json: await describeOne(context, moved) };
}

async function copy(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, drive, item, caller } = context;
  const destination = await readDestination(context);
  const made = world.storage.write((records) => {
    const source = present(records, item, context);
    const parent = destination(records);
    const name = liveName(source, extraOf(records, source.key), drive);
    const to = { drive, parent, name, behavior: behaviorTo(context) };
    checkFree(records, source, to);
    return copyItem(records, source, to, actorOf(world, caller.account, caller.clientId));
  });
  return { status: 201, json: await describeOne(context, made) };
}
