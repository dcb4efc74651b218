/** The questions about items, in SQL. */
import type { ItemRecord, NewItem } from '../../files/items/item-record.ts';
import type { ChildQuery, Records, ScanQuery } from '../storage.ts';
import { itemColumns, itemOf, itemValues } from './item-rows.ts';
import type { SqlStatement, SqlValue } from './sql-database.ts';

/** What can be asked of items, and done with many at once. */
type ItemRecords = Pick<
  Records,
  | 'item'
  | 'itemById'
  | 'child'
  | 'children'
  | 'changes'
  | 'scan'
  | 'binnedBytes'
  | 'lastSequence'
  | 'removeItem'
  | 'moveTreeToBin'
>;

/** The same with items that are put one by one. */
export type PuttingItems = ItemRecords & {
  /** @param before what the row is now, where the caller knows. */
  putItem(item: ItemRecord | NewItem, before?: ItemRecord): ItemRecord;
};

export type ItemQueries = ItemRecords & {
  /** A row whose key is free. */
  insert(item: ItemRecord): void;
  /** Writes what a folder counts of its contents: its index entries stay as they are. */
  count(folder: ItemRecord): void;
  /** The row of that key, whether or not there was one. */
  replace(item: ItemRecord): void;
  /** 0 where there is no row. */
  highestKey(): number;
};

/** Items over a database. */
export function itemQueries(sql: (text: string) => SqlStatement): ItemQueries {
  const one = (text: string, ...values: SqlValue[]): ItemRecord | undefined => {
    const row = sql(text).get(...values);
    return row === undefined ? undefined : itemOf(row);
  };
  const many = (text: string, ...values: SqlValue[]): readonly ItemRecord[] =>
    sql(text)
      .all(...values)
      .map(itemOf);
  const number = (text: string, ...values: SqlValue[]): number =>
    Number(sql(text).get(...values)?.['n'] ?? 0);

  return {
    item: (key) => one('SELECT * FROM items WHERE key = ?', key),
    itemById: (drive, id) => one('SELECT * FROM items WHERE drive = ? AND id = ?', drive, id),
    child: (parent, folded) =>
      one(
        'SELECT * FROM items WHERE parent = ? AND rank IN (0, 1) AND folded = ? AND bin = 0',
        parent,
        folded,
      ),
    children(parent, query) {
      const { text, values } = childrenSql(query);
      return many(text, parent, ...values);
    },
    changes: (drive, after, limit) =>
      many(
        'SELECT * FROM items WHERE drive = ? AND sequence > ? ORDER BY sequence LIMIT ?',
        drive,
        after,
        limit,
      ),
    scan(drive, query) {
      const { text, values } = scanSql(query);
      return many(text, drive, ...values);
    },
    binnedBytes: (drive) =>
      number(
        'SELECT sum(size) AS n FROM items INDEXED BY items_bin_tops WHERE bin > 0 AND bin = key AND drive = ?',
        drive,
      ),
    lastSequence: (drive) => number('SELECT max(sequence) AS n FROM items WHERE drive = ?', drive),
    highestKey: () => number('SELECT max(key) AS n FROM items'),
    ...writing(sql),
  };
}

const insert = `INSERT INTO items (key, ${itemColumns.join(', ')}) VALUES (?, ${itemColumns.map(() => '?').join(', ')})`;
const update = `UPDATE items SET ${itemColumns.map((name) => `${name} = ?`).join(', ')} WHERE key = ?`;
const updateCounts = 'UPDATE items SET size = ?, children = ?, content = ? WHERE key = ?';

function writing(
  sql: (text: string) => SqlStatement,
): Pick<ItemQueries, 'insert' | 'count' | 'replace' | 'removeItem' | 'moveTreeToBin'> {
  return {
    insert: (item) => void sql(insert).run(item.key, ...itemValues(item)),
    count: ({ size, children, contentVersion, key }) =>
      void sql(updateCounts).run(size, children, contentVersion, key),
    replace(item) {
      const { changes } = sql(update).run(...itemValues(item), item.key);
      if (changes === 0) sql(insert).run(item.key, ...itemValues(item));
    },
    removeItem: (key) => void sql('DELETE FROM items WHERE key = ?').run(key),
    moveTreeToBin: (top, from, to, sequence) => sql(moveSql(from)).run(top, from, to, sequence).changes,
  };
}

/** Is `item` what it was but for what a folder counts of its contents? */
export function onlyCountsDiffer(item: ItemRecord, before: ItemRecord): boolean {
  for (const name of uncounted) if (item[name] !== before[name]) return false;
  return true;
}

const others: Readonly<Record<Exclude<keyof ItemRecord, 'size' | 'children' | 'contentVersion'>, true>> = {
  key: true,
  drive: true,
  id: true,
  parent: true,
  name: true,
  folded: true,
  rank: true,
  version: true,
  modified: true,
  sequence: true,
  bin: true,
  blob: true,
  data: true,
};
const uncounted = Object.keys(others) as readonly (keyof ItemRecord)[];

const orderColumns = {
  wire: 'folded',
  name: 'folded',
  size: 'size',
  modified: 'modified',
  created: "(data ->> '$.created')",
} as const;

interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

function childrenSql(query: ChildQuery): Sql {
  const { order, after, limit, descending = false } = query;
  const columns = [...(order === 'wire' ? ['rank'] : []), orderColumns[order], 'key'];
  const marks = columns.map(() => '?').join(', ');
  const from = after === undefined ? '' : `AND (${columns.join(', ')}) ${descending ? '<' : '>'} (${marks})`;
  const direction = descending ? ' DESC' : '';
  const sorted = columns.map((column) => column + direction).join(', ');
  const place =
    after === undefined ? [] : [...(order === 'wire' ? [after.rank] : []), after.value, after.key];
  return {
    text: `SELECT * FROM items WHERE parent = ? AND bin = 0 ${from} ORDER BY ${sorted} LIMIT ?`,
    values: [...place, limit],
  };
}

function scanSql(query: ScanQuery): Sql {
  const { contains = [], recentFiles = false, binned = false, after, limit } = query;
  const conditions = [
    'drive = ?',
    binned ? 'bin > 0 AND bin = key' : 'bin = 0',
    ...contains.map(() => 'instr(folded, ?) > 0'),
    ...(recentFiles ? ['rank = 1'] : []),
    ...(after === undefined ? [] : ['key > ?']),
  ];
  const order = recentFiles ? 'modified DESC, key DESC' : 'key';
  return {
    text: `SELECT * FROM items WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ?`,
    values: [...contains, ...(after === undefined ? [] : [after]), limit],
  };
}

/** The state is spelled out for the planner: a partial index serves only a condition that names it. */
function moveSql(from: number): string {
  const state = from === 0 ? 'bin = 0' : 'bin > 0';
  return `
    WITH RECURSIVE tree (key, depth) AS (
      SELECT key, 0 FROM items WHERE key = ?1 AND bin = ?2
      UNION ALL
      SELECT items.key, tree.depth + 1 FROM tree JOIN items ON items.parent = tree.key WHERE items.${state} AND items.bin = ?2
    )
    UPDATE items SET bin = ?3, sequence = ?4 + moved.n
    FROM (SELECT key, row_number() OVER (ORDER BY depth, key) - 1 AS n FROM tree) AS moved
    WHERE items.key = moved.key`;
}
