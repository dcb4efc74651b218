/** Converts a result to rows and columns, for `--csv` and `--table`. */
import { OneDriveError } from 'onedrive-kit/errors';
import { didYouMean } from '../definition/did-you-mean.ts';
import { isStyled } from './styled.ts';
import { keyOrPath } from './template.ts';

/** Column names, and rows with one cell per column. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** The default columns of items, in this order; those that none of the objects has are left out. */
const defaultColumns = ['path', 'name', 'size', 'type', 'lastModifiedDateTime', 'id'];

/** The names in `--columns`. @throws OneDriveError `usage` for an empty name. */
export function columnNames(typed: string): readonly string[] {
  const names = typed.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new OneDriveError('usage', `Invalid --columns "${typed}": a name is empty.`, {
    hint: 'Separate names with commas: --columns name,size,file.mimeType',
  });
}

/** Rows of a result: one per object of a list; one for a single object. Other values are in a column named `value`. */
export function rowsOf(value: unknown, columns?: readonly string[]): Rows {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = columns ?? columnsOf(entries);
  return { columns: names, rows: entries.map((entry) => names.map((name) => cell(entry, name))) };
}

function columnsOf(entries: readonly unknown[]): readonly string[] {
  const objects = entries.filter(isMapping);
  if (objects.length === 0) return ['value'];
  const present = defaultColumns.filter((key) => objects.some((object) => object[key] !== undefined));
  // Items of the API have dozens of keys; objects that a command creates are shown whole.
  if (objects.some((object) => typeof object['id'] === 'string' && typeof object['name'] === 'string'))
    return present;
  const keys = new Set(objects.flatMap((object) => Object.keys(object)));
  return [...keys].filter((key) => objects.some((object) => !isNested(object[key])));
}

function cell(entry: unknown, name: string): unknown {
  return isMapping(entry) ? keyOrPath(entry, name) : name === 'value' ? entry : undefined;
}

/** The keys that any of the objects has, sorted. */
export function keysOf(entries: readonly unknown[]): readonly string[] {
  return [...new Set(entries.filter(isMapping).flatMap((object) => Object.keys(object)))].sort();
}

/** A note for each column that none of the objects has; none where there are no objects. */
export function missingColumns(entries: readonly unknown[], columns: readonly string[]): readonly string[] {
  if (keysOf(entries).length === 0) return [];
  return columns
    .filter((name) => !entries.some((entry) => hasName(entry, name)))
    .map((name) => missingNote(name, entries));
}

/** Whether an object has the key, even without a value, or a value at the path. */
export function hasName(entry: unknown, name: string): boolean {
  return isMapping(entry)
    ? Object.hasOwn(entry, name) || keyOrPath(entry, name) !== undefined
    : name === 'value';
}

/** `No object has "nope". Keys: …` */
export function missingNote(name: string, entries: readonly unknown[]): string {
  const keys = keysOf(entries);
  const meant =
    didYouMean(name, keys) ??
    [...defaultColumns, ...keys].find(
      (key) => keys.includes(key) && key.toLowerCase().includes(name.toLowerCase()),
    );
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `No object in the result has "${name}".${hint} Keys: ${keys.join(', ')}.`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isStyled(value);
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null && !isStyled(value);

/** The text of a cell: empty for a missing value, JSON for a nested one. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (isStyled(value)) return value.text;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
