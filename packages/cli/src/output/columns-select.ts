/** What of an item has to be asked for, where only some columns of it are printed. */
import type { OutputFlags } from './printer.ts';
import { columnNames } from './rows.ts';

/** What rows show of an item of Graph unless told; the path is the command's own. */
const shown = ['size', 'lastModifiedDateTime'];

/**
 * The properties that can be asked for alone. The service refuses names that it does not know, so with any other column
 * everything is asked for. Source: https://learn.microsoft.com/graph/api/resources/driveitem#properties
 */
const known = new Set(
  `id name path size createdDateTime lastModifiedDateTime createdBy lastModifiedBy eTag cTag webUrl file folder package
  parentReference fileSystemInfo description image photo video audio shared specialFolder remoteItem`.split(
    /\s+/,
  ),
);

/** The properties of an item that the output is made of; undefined where that may be any. Pure. */
export function columnProperties(flags: OutputFlags): readonly string[] | undefined {
  const { json, ndjson = false, query, objectKey, columns } = flags;
  if (json || ndjson || query !== undefined || objectKey !== undefined) return undefined;
  if (columns === undefined) return shown;
  const names = columnNames(columns).map((name) => name.split('.')[0] ?? name);
  return names.every((name) => known.has(name)) ? names.filter((name) => name !== 'path') : undefined;
}
