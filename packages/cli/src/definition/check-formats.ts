/** Refuses an output format that the command does not support, instead of printing another one or nothing. Pure. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Command, FormatName } from './command.ts';
import type { GlobalFlags } from './flags.ts';
import { displayName } from './registry.ts';

type FormatFlags = Pick<GlobalFlags, 'ndjson' | 'csv' | 'table' | 'columns' | 'nul' | 'query' | 'objectKey'>;

/** @throws OneDriveError `usage`. */
export function checkFormats({ name, formats }: Pick<Command, 'name' | 'formats'>, flags: FormatFlags): void {
  if (formats === undefined) return;
  const unsupported = requested(flags).find((format) => !formats.has.includes(format));
  if (unsupported === undefined) return;
  const supported = ['text', '--json', ...formats.has.map((format) => `--${format}`)];
  throw new OneDriveError(
    'usage',
    `${displayName(name)} has no --${unsupported} output; it has: ${supported.join(', ')}.`,
    {
      hint: formats.instead,
    },
  );
}

function requested({ ndjson, csv, table, columns, nul, query, objectKey }: FormatFlags): FormatName[] {
  const given = {
    ndjson,
    csv,
    table,
    columns: columns !== undefined,
    null: nul,
    query: query !== undefined,
    'object-key': objectKey !== undefined,
  };
  return (Object.keys(given) as FormatName[]).filter((format) => given[format]);
}
