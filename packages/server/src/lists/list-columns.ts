/**
 * The columns of a library: those that every library has, and those that somebody set on an item of it.
 * https://learn.microsoft.com/graph/api/resources/columndefinition, …/contenttype
 */
import { isObject } from '../core/body.ts';
import { invalidRequest } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import { fieldSets } from './list-fields.ts';

/** GUIDs and names of SharePoint's own columns; they are the same everywhere. */
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
  const made = columns
    .list(records)
    .filter((column) => column.drive === drive.number)
    .map(definitionOf);
  const known = new Set([...own, ...made].map(({ name }) => name));
  const found = setColumns(records, drive).filter(([name]) => !known.has(name));
  const set = found.map(([name, value]) =>
    definition({ id: name, name, displayName: name, readOnly: false, ...typeOf(value) }),
  );
  return [...own, ...made, ...set];
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

/** A column that somebody wants: its name, and one facet that says what it holds. */
export interface WantedColumn {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** `{text: {}}` */
  readonly type: Json;
}

interface ColumnRecord extends WantedColumn {
  readonly id: string;
  /** Number of the drive. */
  readonly drive: number;
}

/** Columns that were made, by {@link columnKey}. */
const columns = collection<ColumnRecord>('list-column');
const columnKey = (drive: DriveRecord, id: string): string => `${drive.number}/${id}`;

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
] as const;

/** A column in a body. @throws ServiceError 400 without a name, or without just one facet that is known. */
export function readColumn(body: Json): WantedColumn {
  const { name, displayName = name, description = '' } = body;
  const found = facets.filter((facet) => isObject(body[facet]));
  const [facet] = found;
  if (typeof name !== 'string' || !/^\w{1,255}$/.test(name) || typeof displayName !== 'string')
    throw invalidRequest('A column needs a name of letters and digits.', 'invalidParameterFormat');
  if (facet === undefined || found.length > 1)
    throw invalidRequest(`A column needs one of ${facets.join(', ')}.`, 'invalidParameterFormat');
  return { name, displayName, description: String(description), type: { [facet]: body[facet] } };
}

/** Adds a column to a library. */
export function putColumn(records: Records, drive: DriveRecord, id: string, column: WantedColumn): Json {
  const record = { ...column, id, drive: drive.number };
  columns.put(records, columnKey(drive, id), record);
  return definitionOf(record);
}

/**
 * Changes what a column is called and described as, and the settings of its type; its name, by which its values are kept,
 * and the type itself stay.
 * @throws ServiceError 400 for one of SharePoint's own, and for what stays.
 */
export function changeColumn(records: Records, drive: DriveRecord, id: string, change: Json): Json {
  const record = columns.get(records, columnKey(drive, id));
  if (record === undefined) throw invalidRequest('The column belongs to every library.', 'notAllowed');
  const { name, displayName, description, type } = record;
  if (change['name'] !== undefined && change['name'] !== name)
    throw invalidRequest('The name of a column stays.', 'propertyNotUpdateable');
  return putColumn(records, drive, id, readColumn({ name, displayName, description, ...type, ...change }));
}

/** Takes away a column that was made; what was set in it stays. @throws ServiceError 400 for one of SharePoint's own. */
export function dropColumn(records: Records, drive: DriveRecord, id: string): void {
  if (columns.get(records, columnKey(drive, id)) === undefined)
    throw invalidRequest('The column belongs to every library.', 'notAllowed');
  columns.delete(records, columnKey(drive, id));
}

function typeOf(value: unknown): Json {
  if (typeof value === 'number') return { number: {} };
  if (typeof value === 'boolean') return { boolean: {} };
  return { text: {} };
}

/** Names and a value of the columns that were set on items of a drive. */
function setColumns(records: Records, drive: DriveRecord): readonly (readonly [string, unknown])[] {
  const found = new Map<string, unknown>();
  for (const { key, value } of records.documents(fieldSets.kind)) {
    if (records.item(Number(key))?.drive !== drive.number) continue;
    for (const [name, one] of Object.entries(value as Json)) found.set(name, one);
  }
  return [...found];
}

const base = { hidden: false, readOnly: false, sealed: false, group: 'Document Content Types' } as const;

/** What the rows of a library are. */
export const contentTypes: readonly Json[] = [
  { ...base, id: '0x0101', name: 'Document', description: 'Create a new document.' },
  {
    ...base,
    id: '0x012000',
    name: 'Folder',
    description: 'Create a new folder.',
    group: 'Folder Content Types',
  },
];
