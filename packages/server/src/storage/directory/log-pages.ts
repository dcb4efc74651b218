/**
 * The write-ahead log of SQLite, read without opening the database: is it a log, and what does it make of the first
 * page? https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type LogState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'log'; readonly firstPage: Uint8Array | undefined }
  | { readonly kind: 'not-a-log' };

const headerSize = 32;
const frameHeaderSize = 24;

/** Reads the log at `path`. */
export function readLog(path: string): LogState {
  const file = openExisting(path);
  if (file === undefined) return { kind: 'missing' };
  try {
    return stateOf(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** Opens a file for reading; undefined where there is none. */
export function openExisting(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

function stateOf(file: number, size: number): LogState {
  // A log that ends within its header holds nothing: the process ended while it wrote that.
  if (size < headerSize) return { kind: 'log', firstPage: undefined };
  const header = bytesAt(file, 0, headerSize);
  if (header.every((byte) => byte === 0)) return { kind: 'log', firstPage: undefined };
  const pageSize = header.readUInt32BE(8);
  const known = [0x377f0682, 0x377f0683].includes(header.readUInt32BE(0));
  if (!known || pageSize < 512 || pageSize > 65536) return { kind: 'not-a-log' };
  const at = lastFirstPage(file, header, size);
  return { kind: 'log', firstPage: at === undefined ? undefined : bytesAt(file, at, pageSize) };
}

/** Where the latest committed copy of page 1 is. Frames of an earlier use of the file have other salts. */
function lastFirstPage(file: number, header: Buffer, size: number): number | undefined {
  const pageSize = header.readUInt32BE(8);
  const salts = header.subarray(16, 24);
  let pending: number | undefined;
  let committed: number | undefined;
  for (let at = headerSize; at + frameHeaderSize + pageSize <= size; at += frameHeaderSize + pageSize) {
    const frame = bytesAt(file, at, frameHeaderSize);
    if (!frame.subarray(8, 16).equals(salts)) break;
    if (frame.readUInt32BE(0) === 1) pending = at + frameHeaderSize;
    if (frame.readUInt32BE(4) !== 0) committed = pending;
  }
  return committed;
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  readSync(file, buffer, 0, length, position);
  return buffer;
}
