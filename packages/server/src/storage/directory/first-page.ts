/**
 * What the first page of an SQLite database reveals: whether this program made the file, in which format, and the id
 * of the store. Read from the bytes, because opening a file with SQLite can already change it (it takes the log over).
 * https://www.sqlite.org/fileformat2.html
 */

/** Marks a database of the embedded OneDrive: "1Drv". */
export const applicationId = 0x31447276;

/**
 * The format that this version writes. 1: release 0.1. 2: with an application id and a store id. 3: with an index of
 * the recycle bins by drive, and look-ups of documents (see ../collection.ts), which earlier versions do not maintain.
 */
export const currentFormat = 3;

/** The first format with a store id. */
export const firstFormatWithId = 2;

export type DatabaseKind =
  /** No bytes. */
  | { readonly kind: 'empty' }
  /** A database without tables. */
  | { readonly kind: 'no-tables' }
  | { readonly kind: 'not-sqlite' }
  /** A database of another program. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'store'; readonly format: number; readonly id: string | undefined };

const magic = 'SQLite format 3\0';
const storeTables = ['items', 'documents', 'blobs'] as const;

/** @param page the first page, or as much as there is of it. */
export function readFirstPage(page: Uint8Array): DatabaseKind {
  if (page.byteLength === 0) return { kind: 'empty' };
  const text = Buffer.from(page).toString('latin1');
  if (page.byteLength < 512 || !text.startsWith(magic)) return { kind: 'not-sqlite' };
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const format = view.getUint32(60);
  if (view.getUint32(68) === applicationId) return { kind: 'store', format, id: storeId(text) };
  if (view.getUint8(100) === leafPage && view.getUint16(103) === 0) return { kind: 'no-tables' };
  const ours = storeTables.every((table) => text.includes(`CREATE TABLE ${table} (`));
  return ours && format > 0 ? { kind: 'store', format, id: undefined } : { kind: 'foreign' };
}

const leafPage = 0x0d;

function storeId(text: string): string | undefined {
  return /CREATE VIEW store AS SELECT '([\da-f]{32})' AS id/.exec(text)?.[1];
}
