/** Renders a result by the flags: `--query` selects, `--object-key` picks or formats, then it is printed as JSON, text, … */

import { OneDriveError } from 'onedrive-kit/errors';
import { wireObjectOf } from 'onedrive-kit/internal/drive/provider/wire-object';
import type { GlobalFlags } from '../definition/flags.ts';
import type { ListForm } from '../definition/list-form.ts';
import { csv } from './csv.ts';
import { human } from './human.ts';
import { listText } from './list-text.ts';
import { printable } from './printable.ts';
import { columnNames, hasName, keysOf, missingColumns, missingNote, rowsOf } from './rows.ts';
import { isStyled, noTerminal, type Terminal } from './styled.ts';
import { table } from './table.ts';
import { type Template, template } from './template.ts';

/** The members of {@link GlobalFlags} that determine the output. */
export type OutputFlags = Pick<GlobalFlags, 'json' | 'query' | 'objectKey'> &
  Partial<Pick<GlobalFlags, 'ndjson' | 'csv' | 'table' | 'columns' | 'nul' | 'plain'>>;

/** Whether stdout is a terminal, and its capabilities. */
export interface Screen {
  readonly isTTY: boolean;
  readonly terminal: Terminal;
  /** The text form of lists. Default: with bullets. */
  readonly lists?: ListForm | undefined;
}

const noScreen: Screen = { isTTY: false, terminal: noTerminal };

/** Whether the output is for programs: lists then contain whole objects, not only names. */
export function wantsObjects(flags: OutputFlags): boolean {
  const { json, query, objectKey, ndjson = false, csv: asCsv = false } = flags;
  return json || ndjson || asCsv || wantsTable(flags) || query !== undefined || objectKey !== undefined;
}

/** Whether to print a table: with `--table`, or with `--columns` alone. */
function wantsTable({ table: asTable = false, columns, csv: asCsv = false }: OutputFlags): boolean {
  return asTable || (columns !== undefined && !asCsv);
}

/**
 * The text for stdout, '' for undefined.
 * @throws OneDriveError `usage` for a malformed expression or template.
 */
export async function render(value: unknown, flags: OutputFlags, screen: Screen = noScreen): Promise<string> {
  if (value === undefined) return '';
  const selected = flags.query === undefined ? value : await select(value, flags.query);
  const picked = flags.objectKey === undefined ? selected : pick(selected, template(flags.objectKey));
  if (picked === undefined || (picked === null && !flags.json)) return '';
  return format(picked, flags, screen);
}

/**
 * Notes on names in `--columns` and `--object-key` that none of the printed objects has. This is not an error, because
 * objects may lack a property that others have.
 */
export async function missingNames(value: unknown, flags: OutputFlags): Promise<readonly string[]> {
  const { query, columns, objectKey } = flags;
  if (columns === undefined && objectKey === undefined) return [];
  const selected = query === undefined ? value : await select(value, query);
  const entries = Array.isArray(selected) ? selected : [selected];
  if (objectKey !== undefined) return missingKey(entries, objectKey);
  return columns === undefined ? [] : missingColumns(entries, columnNames(columns));
}

function missingKey(entries: readonly unknown[], objectKey: string): readonly string[] {
  if (keysOf(entries).length === 0) return [];
  const apply = template(objectKey);
  if (entries.some((entry) => apply(entry) !== undefined || hasName(entry, objectKey))) return [];
  return [missingNote(objectKey, entries)];
}

function format(value: unknown, flags: OutputFlags, { isTTY, terminal, lists }: Screen): string {
  if (flags.json) return `${safeJson(value, 2)}\n`;
  if (flags.ndjson === true) return eachOf(value, (entry) => `${safeJson(entry)}\n`);
  const columns = flags.columns === undefined ? undefined : columnNames(flags.columns);
  if (flags.csv === true) return csv(rowsOf(value, columns), { escape: isTTY });
  if (wantsTable(flags)) return table(rowsOf(value, columns), terminal);
  if (flags.nul === true) return eachOf(value, (entry) => `${plain(entry, isTTY)}\0`);
  return listText(value, { isTTY, terminal, lists }) ?? human(value, terminal);
}

/** An entry for `-0`: unchanged for `xargs -0`, escaped on a terminal. */
function plain(value: unknown, isTTY: boolean): string {
  const text = isStyled(value) ? value.text : typeof value === 'string' ? value : safeJson(value);
  return isTTY ? printable(text) : text;
}

function eachOf(value: unknown, write: (entry: unknown) => string): string {
  return Array.isArray(value) ? value.map(write).join('') : write(value);
}

const forms = ['json', 'ndjson', 'csv', 'table', 'nul', 'plain'] as const;

/** Rejects conflicting formats, and an invalid `--query` or `--object-key`, before any request. */
export async function checkOutputFlags(flags: OutputFlags): Promise<void> {
  const chosen = forms.filter((form) => flags[form] === true);
  if (chosen.length > 1) {
    const words = chosen.map((form) => (form === 'nul' ? '-0' : `--${form}`));
    throw new OneDriveError('usage', `${words.join(' and ')} cannot be used together.`);
  }
  if (flags.columns !== undefined) columnNames(flags.columns);
  if (flags.objectKey !== undefined) template(flags.objectKey);
  if (flags.query !== undefined) await checkQuery(flags.query);
}

async function checkQuery(expression: string): Promise<void> {
  const { compile } = await import('@jmespath-community/jmespath');
  try {
    compile(expression);
  } catch (cause) {
    throw queryError(cause);
  }
}

async function select(value: unknown, expression: string): Promise<unknown> {
  const { search } = await import('@jmespath-community/jmespath');
  try {
    // Safe: printed values come from JSON or consist of the same types.
    return search(value as Parameters<typeof search>[0], expression);
  } catch (cause) {
    throw queryError(cause);
  }
}

function queryError(cause: unknown): OneDriveError {
  const problem = cause instanceof Error ? cause.message : 'syntax error';
  return new OneDriveError('usage', `Invalid JMESPath expression in --query: ${printable(problem)}`, {
    cause,
    hint: "For example: --query '[?size > `1000`].name'. Reference: https://jmespath.org",
  });
}

function pick(value: unknown, apply: Template): unknown {
  if (Array.isArray(value))
    return value.map((entry: unknown) => apply(entry)).filter((text) => text !== undefined);
  return typeof value === 'object' && value !== null ? apply(value) : value;
}

/** JSON that is safe for a terminal: C1 and bidirectional controls are escaped too. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Keys that are not printed: anyone with a download URL can read the file, and the context is only metadata. */
const hiddenKeys = new Set([
  '@microsoft.graph.downloadUrl',
  '@content.downloadUrl',
  'uploadUrl',
  // In the Live v5.0 API: the URLs of content and renditions.
  'source',
  'picture',
  '@odata.context',
]);

/** A value of the service without {@link hiddenKeys}: for all commands except `api`. */
export function presentable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(presentable);
  if (typeof value !== 'object' || value === null || isStyled(value)) return value;
  const wireObject = wireObjectOf(value);
  if (wireObject !== undefined) return presentable(wireObject);
  const entries = Object.entries(value).filter(([key]) => !hiddenKeys.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, presentable(inner)]));
}
