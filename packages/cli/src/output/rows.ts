/** From a result to rows and columns, for `--csv` and `--table`: which columns, and what is in each cell. */
import { OneDriveError } from 'onedrive-kit/errors';
import { didYouMean } from '../definition/did-you-mean.ts';
import { isStyled } from './styled.ts';
import { keyOrPath } from './template.ts';

/** Columns by name, and rows of as many cells. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What people look for in a list of items, in this order; shown where any of the objects has it. */
const preferred = ['path', 'name', 'size', 'type', 'lastModifiedDateTime', 'id'];

/** The words of `--columns`. @throws OneDriveError `usage` for an empty one. */
export function columnNames(typed: string): readonly string[] {
  const names = typed.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new OneDriveError('usage', `--columns holds an empty name: "${typed}".`, {
    hint: 'Write names with commas between: --columns name,size,file.mimeType',
  });
}

/** Rows of a result. A list of objects has one row each; one object is one row; other values are one column, `value`. */
export function rowsOf(value: unknown, columns?: readonly string[]): Rows {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = columns ?? columnsOf(entries);
  return { columns: names, rows: entries.map((entry) => names.map((name) => cell(entry, name))) };
}

function columnsOf(entries: readonly unknown[]): readonly string[] {
  const objects = entries.filter(isMapping);
  if (objects.length === 0) return ['value'];
  const wanted = preferred.filter((key) => objects.some((object) => object[key] !== undefined));
  // Objects of the wire have dozens of keys; what a command made itself is shown whole.
  if (objects.some((object) => typeof object['id'] === 'string' && typeof object['name'] === 'string'))
    return wanted;
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

/** True where an object has the key, even without a value, or the path leads to a value. */
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
    [...preferred, ...keys].find(
      (key) => keys.includes(key) && key.toLowerCase().includes(name.toLowerCase()),
    );
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `No object in the result has "${name}".${hint} Keys: ${keys.join(', ')}.`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isStyled(value);
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null && !isStyled(value);

/** A cell as text: nothing for what is missing, JSON for what is nested. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (isStyled(value)) return value.text;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
