/** An open file of the in-memory file system. */
import type { FileHandle } from '../file-system.ts';
import { type Disk, type FileNode, failure, type Node, resize, statOf } from './memory-disk.ts';

interface OpenFile {
  readonly disk: Disk;
  readonly node: Node;
  readonly flags: string;
  readonly path: string;
  /** The number of crashes of the disk when the file was opened. */
  readonly life: number;
  open: boolean;
  /** The position of the next read or write without a position. */
  position: number;
}

/** A handle on `node`, opened with `flags` of open(2) as Node writes them. */
export function handleOf(disk: Disk, node: Node, flags: string, path: string): FileHandle {
  const file: OpenFile = { disk, node, flags, path, life: disk.life, open: true, position: 0 };
  return {
    read: async (buffer, offset, length, position) =>
      read(file, buffer.subarray(offset, offset + length), position),
    write: async (buffer, offset, length, position) =>
      write(file, buffer.subarray(offset, offset + length), position),
    async truncate(length = 0) {
      resize(contents(file, 'ftruncate', 'write'), length);
      node.mtimeMs = node.ctimeMs = disk.now();
    },
    async stat() {
      checkAlive(file, 'fstat');
      return statOf(node);
    },
    async sync() {
      checkAlive(file, 'fsync');
      if (node.kind === 'file') node.durable = node.bytes.slice(0, node.size);
      else node.durable = new Map(node.entries);
    },
    async utimes(_atime, mtime) {
      checkAlive(file, 'futime');
      node.mtimeMs = mtime.getTime();
      node.ctimeMs = disk.now();
    },
    async close() {
      if (!file.open) throw failure('EBADF', 'close', path);
      file.open = false;
    },
  };
}

function read(file: OpenFile, into: Uint8Array, position: number | null): { bytesRead: number } {
  const { bytes, size } = contents(file, 'read', 'read');
  const from = Math.min(position ?? file.position, size);
  const part = bytes.subarray(from, Math.min(from + into.byteLength, size));
  into.set(part);
  if (position === null) file.position = from + part.byteLength;
  return { bytesRead: part.byteLength };
}

function write(file: OpenFile, part: Uint8Array, position: number | null): { bytesWritten: number } {
  const node = contents(file, 'write', 'write');
  const from = file.flags.startsWith('a') ? node.size : (position ?? file.position);
  resize(node, Math.max(node.size, from + part.byteLength));
  node.bytes.set(part, from);
  if (position === null) file.position = from + part.byteLength;
  node.mtimeMs = node.ctimeMs = file.disk.now();
  return { bytesWritten: part.byteLength };
}

function contents(file: OpenFile, operation: string, wants: 'read' | 'write'): FileNode {
  checkAlive(file, operation);
  const allowed = file.flags.includes('+') || (wants === 'read') === file.flags.startsWith('r');
  if (!allowed) throw failure('EBADF', operation, file.path);
  if (file.node.kind === 'folder') throw failure('EISDIR', operation, file.path);
  return file.node;
}

function checkAlive({ open, life, disk, path }: OpenFile, operation: string): void {
  if (!open || life !== disk.life) throw failure('EBADF', operation, path);
}
