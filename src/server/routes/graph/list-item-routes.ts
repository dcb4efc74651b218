/** An item of a library as a row of its list: https://learn.microsoft.com/graph/api/listitem-get, …/listitem-update */
import { empty, json } from '../../answers.ts';
import { readJsonObject } from '../../body.ts';
import { selectProperties } from '../../domain/select.ts';
import { actorOf } from '../../items/actor.ts';
import { changeItem } from '../../items/change-item.ts';
import { fieldSets, fieldsOf, listItemOf } from '../../items/list-fields.ts';
import { listPlaceOf } from '../../items/list-place.ts';
import { moveItem } from '../../items/move-item.ts';
import { removeItem } from '../../items/remove-item.ts';
import { findItem, rootOf } from '../../items/resolve.ts';
import { listJson, siteJson } from '../../items/site-json.ts';
import { invalidRequest, itemNotFound } from '../../service-error.ts';
import { siteOfDrive } from '../../storage/records/site-record.ts';
import { checkMatch } from './change-routes.ts';
import type { DriveContext, DriveRoute, ItemContext } from './drive-route.ts';

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
    method: 'DELETE',
    tail: 'listItem',
    writes: true,
    source: `${docs}/listitem-delete`,
    handle: deleteListItem,
  },
  { on: 'drive', method: 'GET', tail: 'list', writes: false, source: `${docs}/list-get`, handle: getList },
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
    const fields = context.options.expand.some(({ name }) => name === 'fields');
    const { select } = context.options;
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#listItems/$entity`,
      ...selectProperties(
        listItemOf(records, context, item, fields),
        fields ? [...(select ?? ['*']), 'fields'] : select,
      ),
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
  const { world, drive, caller } = context;
  const body = await readJsonObject(context.request);
  const fixed = Object.keys(body).find((name) => readOnly.has(name));
  if (fixed !== undefined) throw invalidRequest(`The field ${fixed} is read-only.`, 'propertyNotUpdateable');
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    listPlaceOf(records, drive, item);
    checkMatch(context, item);
    const actor = actorOf(world, caller.account);
    const { FileLeafRef: name, ...rest } = body;
    const plain = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('@')));
    fieldSets.put(records, String(item.key), { ...fieldSets.get(records, String(item.key)), ...plain });
    const changed =
      typeof name === 'string'
        ? moveItem(records, drive, item, { name, behavior: 'fail' }, actor)
        : changeItem(records, item, {}, actor);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#fieldValueSet`,
      ...fieldsOf(records, changed),
    });
  });
}

async function deleteListItem(context: ItemContext) {
  const { world, drive, caller } = context;
  world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    checkMatch(context, item);
    removeItem(records, drive, item, actorOf(world, caller.account));
  });
  return empty(204);
}

async function getList(context: DriveContext) {
  return context.world.storage.read((records) => {
    const { drive, links, options } = context;
    const place = listPlaceOf(records, drive, rootOf(records, drive));
    const known = siteOfDrive(records, drive);
    const personal = {
      id: place.siteId,
      path: '',
      name: '',
      displayName: drive.name,
      created: drive.created,
      libraries: [],
    };
    const library = { listId: place.listId, driveId: drive.id, name: drive.name };
    return json(200, {
      '@odata.context': `${links.base}/$metadata#lists/$entity`,
      ...selectProperties(listJson(known ?? personal, library, drive), options.select),
    });
  });
}

async function getSite(context: DriveContext) {
  return context.world.storage.read((records) => {
    const site = siteOfDrive(records, context.drive);
    if (site === undefined) throw itemNotFound('The shared item is in no site.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#sites/$entity`,
      ...selectProperties(siteJson(site), context.options.select),
    });
  });
}
