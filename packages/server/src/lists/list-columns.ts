/**
 * The columns of a library: built-in columns, and columns that were created or set on an item.
 * https://learn.microsoft.com/graph/api/resources/columndefinition, …/contenttype
 */
import { isObject } from '../core/body.ts';
import { invalidRequest } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { Records } from '../storage/storage.ts';
import {
  type ColumnRecord,
  columnKey,
  columnRecordsOf,
  columns,
  type WantedColumn,
} from './column-records.ts';
import { fieldSets } from './field-sets.ts';
import { lookupFields, lookupTarget } from './lookup-columns.ts';

/** Ids and names of SharePoint's own columns; they are the same in every library. */
const builtIn = [
  ['fa564e0f-0c70-4ab9-b863-0177e6ddd247', 'Title', 'Title', { text: {} }, false],
  ['8553196d-ec8d-4564-9861-3dbe931050c8', 'FileLeafRef', 'Name', { text: {} }, false],
  ['8c06beca-0777-48f7-91c7-6da68bc07b69', 'Created', 'Created', { dateTime: {} }, true],
  ['28cf69c5-fa48-462a-b5cd-27b6f9d2bd5f', 'Modified', 'Modified', { dateTime: {} }, true],
  ['c042a256-787d-4a6f-8a8a-cf6ab767f12d', 'ContentType', 'Content Type', { text: {} }, true],
  ['78a07ba4-bda8-4357-9e0f-580d64487583', 'FileSizeDisplay', 'File Size', { number: {} }, true],
] as const;

/** All columns of a library, as definitions. */
export function columnsOf(records: Records, drive: DriveRecord): readonly Json[] {
  const own = builtIn.map(([id, name, displayName, type, readOnly]) =>
    definition({ id, name, displayName, readOnly, ...type }),
  );
  const created = columnRecordsOf(records, drive.number).map(definitionOf);
  const names = new Set<unknown>([
    ...[...own, ...created].map(({ name }) => name),
    ...lookupFields(records, drive.number),
  ]);
  const found = setColumns(records, drive).filter(([name]) => !names.has(name));
  const set = found.map(([name, value]) =>
    definition({ id: name, name, displayName: name, readOnly: false, ...typeOf(value) }),
  );
  return [...own, ...created, ...set];
}

const definition = (json: Json): Json => ({
  columnGroup: 'Custom Columns',
  description: '',
  enforceUniqueValues: false,
  hidden: false,
  indexed: false,
  required: false,
  ...json,
});

const definitionOf = ({ id, name, displayName, description, type }: ColumnRecord): Json =>
  definition({ id, name, displayName, description, readOnly: false, ...type });

const facets = [
  'text',
  'number',
  'boolean',
  'dateTime',
  'choice',
  'currency',
  'personOrGroup',
  'hyperlinkOrPicture',
  'lookup',
] as const;

/** Reads a column from a body. @throws ServiceError 400 without a name, or without exactly one known facet. */
export function readColumn(body: Json): WantedColumn {
  const { name, displayName = name, description = '' } = body;
  const present = facets.filter((facet) => isObject(body[facet]));
  const [facet] = present;
  if (typeof name !== 'string' || !/^\w{1,255}$/.test(name) || typeof displayName !== 'string')
    throw invalidRequest('A column needs a name of letters and digits.', 'invalidParameterFormat');
  if (facet === undefined || present.length > 1)
    throw invalidRequest(`A column needs one of ${facets.join(', ')}.`, 'invalidParameterFormat');
  return { name, displayName, description: String(description), type: { [facet]: body[facet] } };
}

/** Adds a column to a library. @throws ServiceError 400 for a lookup column of a list that is not in the site. */
export function putColumn(records: Records, drive: DriveRecord, id: string, column: WantedColumn): Json {
  const namesOf = (target: DriveRecord) => columnsOf(records, target).map(({ name }) => name);
  const target = lookupTarget(records, drive, column, namesOf);
  const record = { ...column, id, drive: drive.number, ...(target === undefined ? {} : { target }) };
  columns.put(records, columnKey(drive.number, id), record);
  return definitionOf(record);
}

/**
 * Changes the display name and description of a column, and the settings of its type; its name, by which values are stored,
 * and the type cannot be changed.
 * @throws ServiceError 400 for a built-in column, and for properties that cannot be changed.
 */
export function changeColumn(records: Records, drive: DriveRecord, id: string, change: Json): Json {
  const record = columns.get(records, columnKey(drive.number, id));
  if (record === undefined) throw invalidRequest('A built-in column cannot be changed.', 'notAllowed');
  const { name, displayName, description, type } = record;
  if (change['name'] !== undefined && change['name'] !== name)
    throw invalidRequest('The name of a column cannot be changed.', 'propertyNotUpdateable');
  checkSameList(type, change);
  const changed = readColumn({ name, displayName, description, ...type, ...change });
  if (Object.keys(changed.type)[0] !== Object.keys(type)[0])
    throw invalidRequest('The type of a column cannot be changed.', 'propertyNotUpdateable');
  return putColumn(records, drive, id, changed);
}

/** @throws ServiceError 400: the list of a lookup column cannot be changed. */
function checkSameList({ lookup: before }: Json, { lookup: after }: Json): void {
  if (isObject(before) && isObject(after) && before['listId'] !== after['listId'])
    throw invalidRequest('The list of a lookup column cannot be changed.', 'propertyNotUpdateable');
}

/** Deletes a created column; values that were set in it are kept. @throws ServiceError 400 for a built-in column. */
export function dropColumn(records: Records, drive: DriveRecord, id: string): void {
  if (columns.get(records, columnKey(drive.number, id)) === undefined)
    throw invalidRequest('A built-in column cannot be deleted.', 'notAllowed');
  columns.delete(records, columnKey(drive.number, id));
}

function typeOf(value: unknown): Json {
  if (typeof value === 'number') return { number: {} };
  if (typeof value === 'boolean') return { boolean: {} };
  return { text: {} };
}

/** Names of columns that were set on items of a drive, each with one of its values. */
function setColumns(records: Records, drive: DriveRecord): readonly (readonly [string, unknown])[] {
  const values = new Map<string, unknown>();
  for (const fields of fieldSets.find(records, `drive:${drive.number}`))
    for (const [name, value] of Object.entries(fields)) values.set(name, value);
  return [...values];
}
