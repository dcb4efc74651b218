/** Columns that were added to libraries. https://learn.microsoft.com/graph/api/resources/columndefinition */
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** A column in a request: its name, and one facet that describes its values. */
export interface WantedColumn {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** `{text: {}}` */
  readonly type: Json;
}

export interface ColumnRecord extends WantedColumn {
  readonly id: string;
  /** Number of the drive. */
  readonly drive: number;
  /** Of a lookup column: the number of the drive whose items it refers to. */
  readonly target?: number | undefined;
}

/** By {@link columnKey}. */
export const columns = collection<ColumnRecord>('list-column');

export const columnKey = (drive: number, id: string): string => `${drive}/${id}`;

/** The columns that were added to the library with that drive number. */
export const columnRecordsOf = (records: Records, drive: number): readonly ColumnRecord[] =>
  columns.list(records, { prefix: columnKey(drive, '') });

/** Deletes the columns of a library that is deleted. */
export function dropColumns(records: Records, drive: DriveRecord): void {
  for (const { id } of columnRecordsOf(records, drive.number))
    columns.delete(records, columnKey(drive.number, id));
}
