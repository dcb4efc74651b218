/** Determines which properties of items to request if only some columns are printed. */
import type { OutputFlags } from './printer.ts';
import { columnNames } from './rows.ts';

/** The properties in the default columns. The path is computed by the command. */
const defaultProperties = ['size', 'lastModifiedDateTime'];

/**
 * The properties that can be selected. The service refuses unknown names, so with any other column all properties are
 * requested. Source: https://learn.microsoft.com/graph/api/resources/driveitem#properties
 */
const selectable = new Set(
  `id name path size createdDateTime lastModifiedDateTime createdBy lastModifiedBy eTag cTag webUrl file folder package
  parentReference fileSystemInfo description image photo video audio shared specialFolder remoteItem`.split(
    /\s+/,
  ),
);

/** The properties that the output needs; undefined for all. Pure. */
export function columnProperties(flags: OutputFlags): readonly string[] | undefined {
  const { json, ndjson = false, query, objectKey, columns } = flags;
  if (json || ndjson || query !== undefined || objectKey !== undefined) return undefined;
  if (columns === undefined) return defaultProperties;
  const names = columnNames(columns).map((name) => name.split('.')[0] ?? name);
  return names.every((name) => selectable.has(name)) ? names.filter((name) => name !== 'path') : undefined;
}
