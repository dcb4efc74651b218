/**
 * Lookup columns: their values refer to items of a list in the same site, and show one of its columns. A request sets
 * `CityLookupId`; a response has `City` and `CityLookupId`, or a list of both if several values are allowed.
 * https://learn.microsoft.com/graph/api/resources/lookupcolumn,
 * https://learn.microsoft.com/graph/api/resources/fieldvalueset
 */
import { isObject } from '../core/body.ts';
import { invalidRequest } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';
import { type ColumnRecord, columnRecordsOf, type WantedColumn } from './column-records.ts';
import { fieldSets } from './field-sets.ts';
import { fieldsJson } from './site-json.ts';
import { driveOfLibrary, siteOfDrive } from './site-record.ts';

interface Lookup {
  readonly listId: string;
  readonly columnName: string;
  readonly multiple: boolean;
}

/** The lookup facet of a column; undefined for other columns. */
function lookupOf({ type }: Pick<WantedColumn, 'type'>): Lookup | undefined {
  const { lookup } = type;
  if (!isObject(lookup)) return undefined;
  const { listId, columnName = 'Title', allowMultipleValues } = lookup;
  if (typeof listId !== 'string' || typeof columnName !== 'string')
    throw invalidRequest('A lookup column needs the listId of a list.', 'invalidParameterFormat');
  return { listId: listId.toLowerCase(), columnName, multiple: allowMultipleValues === true };
}

/**
 * The drive that a new column refers to; undefined for a column that is not a lookup column.
 * @param namesOf the names of the columns of a library.
 * @throws ServiceError 400 if the list is not in the same site, or has no such column.
 */
export function lookupTarget(
  records: Records,
  drive: DriveRecord,
  column: WantedColumn,
  namesOf: (drive: DriveRecord) => readonly unknown[],
): number | undefined {
  const lookup = lookupOf(column);
  if (lookup === undefined) return undefined;
  const library = siteOfDrive(records, drive)?.libraries.find(({ listId }) => listId === lookup.listId);
  const target = library && driveOfLibrary(records, library);
  if (target === undefined)
    throw invalidRequest('The listId of a lookup column must be a list of the same site.', 'notAllowed');
  if (!namesOf(target).includes(lookup.columnName))
    throw invalidRequest(`The list has no column ${lookup.columnName}.`, 'notAllowed');
  return target.number;
}

/** `CityLookupId`: the field under which the value of a lookup column is set and stored. */
const fieldOf = ({ name }: Pick<WantedColumn, 'name'>): string => `${name}LookupId`;

/** The fields in which values of lookup columns are stored. */
export const lookupFields = (records: Records, drive: number): readonly string[] =>
  columnRecordsOf(records, drive)
    .filter(({ target }) => target !== undefined)
    .map(fieldOf);

/**
 * Validates the fields of lookup columns in a request, and converts their ids to numbers.
 * @throws ServiceError 400 for an unknown item id, and for a lookup column that is set by its value.
 */
export function readLookups(records: Records, item: ItemRecord, fields: Json): Json {
  const checked = { ...fields };
  for (const column of columnRecordsOf(records, item.drive)) {
    if (column.target === undefined) continue;
    const field = fieldOf(column);
    if (fields[column.name] !== undefined)
      throw invalidRequest(`The field ${column.name} is a lookup: set ${field}.`, 'propertyNotUpdateable');
    if (fields[field] !== undefined) checked[field] = readIds(records, column, fields[field]);
  }
  return checked;
}

function readIds(records: Records, column: ColumnRecord, value: unknown): readonly number[] | null {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === null || value === '') return null;
  if (Array.isArray(value) && lookupOf(column)?.multiple !== true)
    throw invalidRequest(`The column ${column.name} accepts only one value.`, 'invalidParameterFormat');
  return given.map((one) => {
    const text = typeof one === 'number' || typeof one === 'string' ? String(one) : '';
    const target = /^[1-9]\d{0,14}$/.test(text) ? targetRow(records, column, Number(text)) : undefined;
    if (target === undefined)
      throw invalidRequest(
        `The field ${fieldOf(column)} must be the id of an item of the list.`,
        'invalidParameterFormat',
      );
    return target.key;
  });
}

function targetRow(records: Records, { target }: ColumnRecord, key: number): ItemRecord | undefined {
  const row = records.item(key);
  return row === undefined || row.drive !== target || row.bin !== 0 || row.parent === 0 ? undefined : row;
}

/** The stored fields with the values of lookup columns; references to items that no longer exist are omitted. */
export function withLookups(records: Records, item: ItemRecord, kept: Json): Json {
  const lookups = columnRecordsOf(records, item.drive).filter(({ target }) => target !== undefined);
  if (lookups.length === 0) return kept;
  const hidden = new Set(lookups.flatMap((column) => [column.name, fieldOf(column)]));
  const shown = Object.entries(kept).filter(([name]) => !hidden.has(name));
  const values = lookups.flatMap((column) => {
    const ids = kept[fieldOf(column)];
    return Object.entries(shownLookup(records, column, Array.isArray(ids) ? ids.map(Number) : []));
  });
  return Object.fromEntries([...shown, ...values]);
}

function shownLookup(records: Records, column: ColumnRecord, keys: readonly number[]): Json {
  const lookup = lookupOf(column);
  if (lookup === undefined) return {};
  const values = keys.flatMap((key) => {
    const row = targetRow(records, column, key);
    if (row === undefined) return [];
    const value = fieldsJson(row, fieldSets.get(records, String(row.key)) ?? {})[lookup.columnName];
    return [{ LookupId: row.key, LookupValue: textOf(value) }];
  });
  if (lookup.multiple) return { [column.name]: values };
  const [first] = values;
  return first === undefined
    ? {}
    : { [column.name]: first.LookupValue, [fieldOf(column)]: String(first.LookupId) };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
