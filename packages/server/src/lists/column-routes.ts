/**
 * The columns of a library: built-in columns, columns that were created, and columns that were set on an item.
 * https://learn.microsoft.com/graph/api/list-list-columns, …/list-post-columns, …/columndefinition-get, …-update, …-delete
 */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { guidOf } from '../core/guid.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { selectProperties } from '../core/odata/select.ts';
import { itemNotFound, nameAlreadyExists } from '../core/service-error.ts';
import { type DriveContext, type DriveRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { rootOf } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { changeColumn, columnsOf, dropColumn, putColumn, readColumn } from './list-columns.ts';
import { listPlaceOf } from './list-place.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const on = { on: 'drive', writes: false } as const;
const one = 'list/columns/{column}';

export const columnRoutes: readonly DriveRoute[] = [
  { ...on, method: 'GET', tail: 'list/columns', source: `${docs}/list-list-columns`, handle: listColumns },
  {
    ...on,
    writes: true,
    method: 'POST',
    tail: 'list/columns',
    source: `${docs}/list-post-columns`,
    lacks: 'Values are not validated against the type of their column.',
    handle: postColumn,
  },
  { ...on, method: 'GET', tail: one, source: `${docs}/columndefinition-get`, handle: getColumn },
  {
    ...on,
    writes: true,
    method: 'PATCH',
    tail: one,
    source: `${docs}/columndefinition-update`,
    handle: patchColumn,
  },
  {
    ...on,
    writes: true,
    method: 'DELETE',
    tail: one,
    source: `${docs}/columndefinition-delete`,
    handle: deleteColumn,
  },
];

/** @throws ServiceError 400 on personal drives. */
function allColumns(records: Records, { drive }: DriveContext): readonly Json[] {
  listPlaceOf(records, drive, rootOf(records, drive));
  return columnsOf(records, drive);
}

async function listColumns(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) =>
    answerCollection(context, 'columns', allColumns(records, context)),
  );
}

function answerColumn({ links, options }: DriveContext, status: number, column: Json): ServerResponse {
  return json(status, {
    '@odata.context': `${links.base}/$metadata#columns/$entity`,
    ...selectProperties(column, options.select),
  });
}

/** A column with that id or name. @throws ServiceError 404. */
function findColumn(records: Records, context: DriveContext): Json {
  const nameOrId = param(context, 'column');
  const column = allColumns(records, context).find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (column === undefined) throw itemNotFound('The column could not be found.');
  return column;
}

async function getColumn(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => answerColumn(context, 200, findColumn(records, context)));
}

async function postColumn(context: DriveContext): Promise<ServerResponse> {
  const column = readColumn(await readEntity(context.request));
  const { storage, random } = context.world;
  return storage.write((records) => {
    if (allColumns(records, context).some(({ name }) => name === column.name))
      throw nameAlreadyExists(`The column ${column.name} already exists.`);
    const id = guidOf(random.bytes(16)).toLowerCase();
    return answerColumn(context, 201, putColumn(records, context.drive, id, column));
  });
}

async function patchColumn(context: DriveContext): Promise<ServerResponse> {
  const change = await readEntity(context.request);
  return context.world.storage.write((records) => {
    const { id } = findColumn(records, context);
    return answerColumn(context, 200, changeColumn(records, context.drive, String(id), change));
  });
}

async function deleteColumn(context: DriveContext): Promise<ServerResponse> {
  context.world.storage.write((records) => {
    const { id } = findColumn(records, context);
    dropColumn(records, context.drive, String(id));
  });
  return empty(204);
}
