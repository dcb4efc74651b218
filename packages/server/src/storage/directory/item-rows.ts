/** Item rows to and from SQL. */
import type { ItemData, ItemRecord, NewItem } from '../../files/items/item-record.ts';
import type { SqlRow, SqlValue } from './sql-database.ts';

/** The columns in the order of {@link itemValues}. */
export const itemColumns = [
  'drive',
  'id',
  'parent',
  'name',
  'folded',
  'rank',
  'size',
  'children',
  'version',
  'content',
  'modified',
  'sequence',
  'bin',
  'blob',
  'data',
] as const;

/** The values of a row, without its key. */
export function itemValues(item: ItemRecord | NewItem): SqlValue[] {
  return [
    item.drive,
    item.id,
    item.parent,
    item.name,
    item.folded,
    item.rank,
    item.size,
    item.children,
    item.version,
    item.contentVersion,
    Math.floor(item.modified),
    item.sequence,
    item.bin,
    item.blob,
    JSON.stringify(item.data),
  ];
}

/** A row as a record. */
export function itemOf(row: SqlRow): ItemRecord {
  return {
    key: Number(row['key']),
    drive: Number(row['drive']),
    id: String(row['id']),
    parent: Number(row['parent']),
    name: String(row['name']),
    folded: String(row['folded']),
    rank: row['rank'] === 0 ? 0 : 1,
    size: Number(row['size']),
    children: Number(row['children']),
    version: Number(row['version']),
    contentVersion: Number(row['content']),
    modified: Number(row['modified']),
    sequence: Number(row['sequence']),
    bin: Number(row['bin']),
    blob: row['blob'] === null ? null : String(row['blob']),
    data: JSON.parse(String(row['data'])) as ItemData,
  };
}
