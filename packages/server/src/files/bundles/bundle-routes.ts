/**
 * Bundles of a personal drive: albums and other collections of items, which stay in their folders.
 * https://learn.microsoft.com/graph/api/resources/bundle
 */
import { empty, json } from '../../core/answers.ts';
import { isObject, readEntity } from '../../core/body.ts';
import { guidOf } from '../../core/guid.ts';
import { selectProperties } from '../../core/odata/select.ts';
import { invalidRequest, itemNotFound, notSupported } from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import { collection } from '../../storage/collection.ts';
import type { Records } from '../../storage/storage.ts';
import { type DriveContext, type DriveRoute, param } from '../drives/drive-route.ts';
import { listBody, shapeItem } from '../items/answer-items.ts';
import { readName } from '../items/change-routes.ts';
import type { Json } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { placeOf } from '../items/place.ts';
import { itemById } from '../items/resolve.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const read = { on: 'drive', method: 'GET', writes: false } as const;
const write = { on: 'drive', writes: true } as const;

export const bundleRoutes: readonly DriveRoute[] = [
  { ...read, tail: 'bundles', source: `${docs}/bundle-list`, handle: listBundles },
  { ...write, method: 'POST', tail: 'bundles', source: `${docs}/drive-post-bundles`, handle: createBundle },
  { ...read, tail: 'bundles/{bundle}', source: `${docs}/bundle-get`, handle: getBundle },
  {
    ...write,
    method: 'PATCH',
    tail: 'bundles/{bundle}',
    source: `${docs}/bundle-update`,
    handle: renameBundle,
  },
  {
    ...write,
    method: 'DELETE',
    tail: 'bundles/{bundle}',
    source: `${docs}/bundle-delete`,
    handle: deleteBundle,
  },
  { ...read, tail: 'bundles/{bundle}/children', source: `${docs}/bundle-get`, handle: listMembers },
  {
    ...write,
    method: 'POST',
    tail: 'bundles/{bundle}/children',
    source: `${docs}/bundle-additem`,
    handle: addMember,
  },
  {
    ...write,
    method: 'DELETE',
    tail: 'bundles/{bundle}/children/{item}',
    source: `${docs}/bundle-removeitem`,
    handle: removeMember,
  },
];

interface BundleRecord {
  readonly id: string;
  readonly drive: number;
  readonly name: string;
  readonly album: boolean;
  /** Item ids. */
  readonly members: readonly string[];
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly modified: number;
}

export const bundles = collection<BundleRecord>('bundle', ({ drive }) => [`drive:${drive}`]);

/** @throws ServiceError 400 on business drives, 404. */
function find(records: Records, context: DriveContext): BundleRecord {
  personalOnly(context);
  const bundle = bundles.get(records, param(context, 'bundle'));
  if (bundle?.drive !== context.drive.number) throw itemNotFound('The bundle could not be found.');
  return bundle;
}

function personalOnly({ drive }: DriveContext): void {
  if (drive.kind !== 'personal') throw notSupported('Bundles are available on OneDrive Personal only.', 400);
}

/** Items of a bundle that still exist. */
function membersOf(records: Records, context: DriveContext, bundle: BundleRecord): readonly ItemRecord[] {
  return bundle.members.flatMap((id) => {
    const item = records.itemById(context.drive.number, id);
    return item === undefined || item.bin !== 0 ? [] : [item];
  });
}

function shapeMembers(records: Records, context: DriveContext, bundle: BundleRecord): readonly Json[] {
  const plain = { ...context.options, select: undefined, expand: [] };
  return membersOf(records, context, bundle).map((item) =>
    shapeItem(records, context, item, placeOf(records, context.drive, item), plain),
  );
}

function bundleJson(records: Records, context: DriveContext, bundle: BundleRecord): Json {
  const { drive, options } = context;
  const members = membersOf(records, context, bundle);
  const json = {
    id: bundle.id,
    name: bundle.name,
    createdDateTime: timestamp(bundle.created, drive.kind),
    lastModifiedDateTime: timestamp(bundle.modified, drive.kind),
    size: members.reduce((sum, item) => sum + item.size, 0),
    parentReference: { driveId: drive.id, driveType: drive.kind },
    bundle: { childCount: members.length, ...(bundle.album ? { album: {} } : {}) },
  };
  const children = options.expand.some(({ name }) => name === 'children');
  return {
    ...selectProperties(json, options.select),
    ...(children ? { children: shapeMembers(records, context, bundle) } : {}),
  };
}

async function listBundles(context: DriveContext) {
  personalOnly(context);
  return context.world.storage.read((records) => {
    const own = bundles.find(records, `drive:${context.drive.number}`);
    return json(
      200,
      listBody(
        context,
        own.map((bundle) => bundleJson(records, context, bundle)),
      ),
    );
  });
}

async function createBundle(context: DriveContext) {
  personalOnly(context);
  const { world, drive } = context;
  const body = await readEntity(context.request);
  const { bundle: facet, children } = body;
  const name = readName(body);
  if (name === undefined || !isObject(facet))
    throw invalidRequest('A bundle needs a name and a bundle facet.', 'invalidParameterFormat');
  const members = Array.isArray(children) ? children.map(readId) : [];
  const now = world.clock.now();
  return world.storage.write((records) => {
    for (const id of members) itemById(records, drive, id);
    const id = `${drive.id.toUpperCase()}!b${guidOf(world.random.bytes(16)).replaceAll('-', '').toLowerCase()}`;
    const album = isObject(facet['album']);
    const bundle = { id, drive: drive.number, name, album, members, created: now, modified: now };
    bundles.put(records, id, bundle);
    return json(201, { '@odata.context': contextOf(context), ...bundleJson(records, context, bundle) });
  });
}

const contextOf = ({ links }: DriveContext): string => `${links.base}/$metadata#bundles/$entity`;

function readId(value: unknown): string {
  const id = isObject(value) ? value['id'] : undefined;
  if (typeof id !== 'string')
    throw invalidRequest('An item of a bundle needs an id.', 'invalidParameterFormat');
  return id;
}

async function getBundle(context: DriveContext) {
  return context.world.storage.read((records) => {
    const bundle = find(records, context);
    return json(200, { '@odata.context': contextOf(context), ...bundleJson(records, context, bundle) });
  });
}

/** Changes a bundle and updates its modification time. */
function change(
  context: DriveContext,
  how: (bundle: BundleRecord, records: Records) => Partial<BundleRecord>,
) {
  const { world } = context;
  return world.storage.write((records) => {
    const bundle = find(records, context);
    const changed = { ...bundle, ...how(bundle, records), modified: world.clock.now() };
    bundles.put(records, bundle.id, changed);
    return json(200, { '@odata.context': contextOf(context), ...bundleJson(records, context, changed) });
  });
}

async function renameBundle(context: DriveContext) {
  const name = readName(await readEntity(context.request));
  return change(context, (bundle) => ({ name: name ?? bundle.name }));
}

async function deleteBundle(context: DriveContext) {
  context.world.storage.write((records) => bundles.delete(records, find(records, context).id));
  return empty(204);
}

async function listMembers(context: DriveContext) {
  return context.world.storage.read((records) =>
    json(200, listBody(context, shapeMembers(records, context, find(records, context)))),
  );
}

async function addMember(context: DriveContext) {
  const id = readId(await readEntity(context.request));
  change(context, ({ members }, records) => {
    itemById(records, context.drive, id);
    return { members: [...members.filter((known) => known !== id), id] };
  });
  return empty(204);
}

async function removeMember(context: DriveContext) {
  const id = param(context, 'item');
  change(context, ({ members }) => {
    if (!members.includes(id)) throw itemNotFound('The item is not in the bundle.');
    return { members: members.filter((known) => known !== id) };
  });
  return empty(204);
}
