/** An item of a library as a list item: https://learn.microsoft.com/graph/api/listitem-get, …/listitem-update */
import { empty, json } from '../core/answers.ts';
import { isObject, readEntity } from '../core/body.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, itemNotFound } from '../core/service-error.ts';
import type { DriveContext, DriveRoute, ItemContext } from '../files/drives/drive-route.ts';
import { actorOf } from '../files/items/actor.ts';
import { changeItem } from '../files/items/change-item.ts';
import { checkMatch } from '../files/items/change-routes.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { moveItem } from '../files/items/move-item.ts';
import { removeItem } from '../files/items/remove-item.ts';
import { findItem } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { fieldSets } from './field-sets.ts';
import { fieldsOf } from './list-fields.ts';
import { listPlaceOf } from './list-place.ts';
import { getList, shapeListItem } from './list-routes.ts';
import { readLookups } from './lookup-columns.ts';
import { siteJson } from './site-json.ts';
import { siteOfDrive } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';

export const listItemRoutes: readonly DriveRoute[] = [
  {
    on: 'item',
    method: 'GET',
    tail: 'listItem',
    writes: false,
    source: `${docs}/listitem-get`,
    handle: getListItem,
  },
  {
    on: 'item',
    method: 'GET',
    tail: 'listItem/fields',
    writes: false,
    source: `${docs}/listitem-get`,
    handle: getFields,
  },
  {
    on: 'item',
    method: 'PATCH',
    tail: 'listItem/fields',
    writes: true,
    source: `${docs}/listitem-update`,
    handle: patchFields,
  },
  {
    on: 'item',
    method: 'PATCH',
    tail: 'listItem',
    writes: true,
    source: `${docs}/listitem-update`,
    handle: patchListItem,
  },
  {
    on: 'item',
    method: 'DELETE',
    tail: 'listItem',
    writes: true,
    source: `${docs}/listitem-delete`,
    handle: deleteListItem,
  },
  {
    on: 'item',
    method: 'GET',
    tail: 'list',
    writes: false,
    source: `${docs}/shares-get`,
    handle: async (context) => getList(context),
  },
  {
    on: 'item',
    method: 'GET',
    tail: 'site',
    writes: false,
    source: `${docs}/shares-get`,
    handle: async (context) => getSite(context),
  },
];

async function getListItem(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#listItems/$entity`,
      ...shapeListItem(records, context, item, context.options),
    });
  });
}

/** `{fields: {…}}`: like a PATCH of the fields, but returns the list item. */
async function patchListItem(context: ItemContext) {
  const { fields } = await readEntity(context.request);
  if (!isObject(fields))
    throw invalidRequest('To change a list item, send its fields.', 'invalidParameterFormat');
  return context.world.storage.write((records) => {
    const changed = setFields(records, context, fields);
    const { links, options } = context;
    const expand = [{ name: 'fields', options: { ...options, select: undefined, expand: [] } }];
    return json(200, {
      '@odata.context': `${links.base}/$metadata#listItems/$entity`,
      ...shapeListItem(records, context, changed, { ...options, select: undefined, expand }),
    });
  });
}

async function getFields(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    listPlaceOf(records, context.drive, item);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#fieldValueSet`,
      ...selectProperties(fieldsOf(records, item), context.options.select),
    });
  });
}

const readOnly = new Set([
  'id',
  'Created',
  'Modified',
  'ContentType',
  'FileSizeDisplay',
  'LinkFilename',
  'DocIcon',
]);

async function patchFields(context: ItemContext) {
  const body = await readEntity(context.request);
  return context.world.storage.write((records) =>
    json(200, {
      '@odata.context': `${context.links.base}/$metadata#fieldValueSet`,
      ...fieldsOf(records, setFields(records, context, body)),
    }),
  );
}

/** Sets columns; `FileLeafRef` is the name of the item. @throws ServiceError 400 for a read-only column, 409, 412. */
function setFields(records: Records, context: ItemContext, body: Json): ItemRecord {
  const { world, drive, caller } = context;
  const fixed = Object.keys(body).find((name) => readOnly.has(name));
  if (fixed !== undefined) throw invalidRequest(`The field ${fixed} is read-only.`, 'propertyNotUpdateable');
  const item = findItem(records, drive, context.selector);
  listPlaceOf(records, drive, item);
  checkMatch(context, item);
  const actor = actorOf(world, caller.account, caller.clientId);
  const { FileLeafRef: name, ...rest } = body;
  const plain = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.includes('@')));
  const set = readLookups(records, item, plain);
  fieldSets.put(records, String(item.key), { ...fieldSets.get(records, String(item.key)), ...set });
  return typeof name === 'string'
    ? moveItem(records, drive, item, { name, behavior: 'fail' }, actor)
    : changeItem(records, item, {}, actor);
}

async function deleteListItem(context: ItemContext) {
  const { world, drive, caller } = context;
  world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    checkMatch(context, item);
    removeItem(records, drive, item, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}

async function getSite(context: DriveContext) {
  return context.world.storage.read((records) => {
    const site = siteOfDrive(records, context.drive);
    if (site === undefined) throw itemNotFound('The shared item does not belong to a site.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#sites/$entity`,
      ...selectProperties(siteJson(site), context.options.select),
    });
  });
}
