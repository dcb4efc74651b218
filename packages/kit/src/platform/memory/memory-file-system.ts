/**
 * An in-memory file system that distinguishes written and durable data: `crash()` restores what had been
 * synced to disk, like a power cut. Crash tests need this, and general in-memory file systems do not offer it
 * (docs/decisions/0011-file-system-in-memory.md). Paths are POSIX and absolute; there are no links and no
 * owners.
 */
import type { FileSystem } from '../file-system.ts';
import {
  type Disk,
  type FileNode,
  type FolderNode,
  failure,
  found,
  lookUp,
  lose,
  type Node,
  newTimes,
  parentOf,
  partsOf,
  resize,
  settle,
  statOf,
} from './memory-disk.ts';
import { handleOf } from './memory-file-handle.ts';

export interface MemoryFileSystem extends FileSystem {
  /**
   * Simulates a power cut: file contents revert to their last `sync`, and folders to the entries they had at
   * theirs, unless these are `kept`: a real disk may have written one before the other. Open handles fail
   * with EBADF from now on.
   */
  crash(options?: { readonly entries?: 'lost' | 'kept' }): void;
  /** Makes everything durable, so that a test can start from a defined state. */
  settle(): void;
}

/** @param now the time of changes, in milliseconds since the epoch. Default: counts up from 0. */
export function memoryFileSystem({
  now = counter(),
}: {
  readonly now?: () => number;
} = {}): MemoryFileSystem {
  const root: FolderNode = {
    ...newTimes(0),
    kind: 'folder',
    ino: 1,
    mode: 0o755,
    entries: new Map(),
    durable: new Map(),
  };
  const disk: Disk = { root, now, life: 0, nextIno: 2 };
  return {
    async open(path, flags, mode = 0o666) {
      return handleOf(disk, openNode(disk, path, flags, mode), flags, path);
    },
    async readFile(path) {
      const file = fileAt(disk, path, 'open');
      return new TextDecoder().decode(file.bytes.subarray(0, file.size));
    },
    readdir: async (path) => namesIn(disk, path),
    stat: async (path) => statOf(found(disk, path, 'stat')),
    lstat: async (path) => statOf(found(disk, path, 'lstat')),
    mkdir: async (path, options) => makeFolder(disk, path, options),
    rename: async (from, to) => rename(disk, from, to),
    unlink: async (path) => unlink(disk, path),
    rmdir: async (path) => removeEmpty(disk, path),
    rm: async (path, options) => remove(disk, path, options),
    async chmod(path, mode) {
      Object.assign(found(disk, path, 'chmod'), { mode, ctimeMs: disk.now() });
    },
    async utimes(path, _atime, mtime) {
      Object.assign(found(disk, path, 'utime'), { mtimeMs: mtime.getTime(), ctimeMs: disk.now() });
    },
    async realpath(path) {
      found(disk, path, 'realpath');
      return `/${partsOf(path).join('/')}`;
    },
    crash({ entries = 'lost' } = {}) {
      disk.life++;
      lose(disk.root, entries === 'kept');
    },
    settle: () => settle(disk.root),
  };
}

function namesIn(disk: Disk, path: string): string[] {
  const folder = found(disk, path, 'scandir');
  if (folder.kind === 'file') throw failure('ENOTDIR', 'scandir', path);
  return [...folder.entries.keys()];
}

function openNode(disk: Disk, path: string, flags: string, mode: number): Node {
  const existing = lookUp(disk, path, 'open');
  const writes = !flags.startsWith('r') || flags.includes('+');
  if (existing) {
    if (flags.includes('x')) throw failure('EEXIST', 'open', path);
    if (existing.kind === 'folder' && writes) throw failure('EISDIR', 'open', path);
    if (existing.kind === 'file' && flags.startsWith('w')) resize(existing, 0);
    return existing;
  }
  if (flags.startsWith('r')) throw failure('ENOENT', 'open', path);
  const { parent, name } = parentOf(disk, path, 'open');
  const empty = new Uint8Array(0);
  const ino = disk.nextIno++;
  const file: FileNode = {
    ...newTimes(disk.now()),
    kind: 'file',
    ino,
    mode,
    bytes: empty,
    size: 0,
    durable: empty,
  };
  parent.entries.set(name, file);
  return file;
}

function makeFolder(
  disk: Disk,
  path: string,
  { recursive, mode = 0o777 }: { recursive: boolean; mode?: number },
): void {
  const parts = partsOf(path);
  let at = disk.root;
  parts.forEach((name, depth) => {
    const next = at.entries.get(name);
    const last = depth === parts.length - 1;
    if (next?.kind === 'file') throw failure(last ? 'EEXIST' : 'ENOTDIR', 'mkdir', path);
    if (next && last && !recursive) throw failure('EEXIST', 'mkdir', path);
    if (!next && !last && !recursive) throw failure('ENOENT', 'mkdir', path);
    at = next ?? addFolder(disk, at, name, mode);
  });
}

function addFolder(disk: Disk, parent: FolderNode, name: string, mode: number): FolderNode {
  const ino = disk.nextIno++;
  const folder: FolderNode = {
    ...newTimes(disk.now()),
    kind: 'folder',
    ino,
    mode,
    entries: new Map(),
    durable: new Map(),
  };
  parent.entries.set(name, folder);
  return folder;
}

function rename(disk: Disk, from: string, to: string): void {
  const source = found(disk, from, 'rename');
  const old = parentOf(disk, from, 'rename');
  const next = parentOf(disk, to, 'rename');
  const target = next.parent.entries.get(next.name);
  if (target?.kind === 'folder' && source.kind === 'file') throw failure('EISDIR', 'rename', to);
  if (target?.kind === 'file' && source.kind === 'folder') throw failure('ENOTDIR', 'rename', to);
  if (target?.kind === 'folder' && target !== source && target.entries.size > 0)
    throw failure('ENOTEMPTY', 'rename', to);
  old.parent.entries.delete(old.name);
  next.parent.entries.set(next.name, source);
}

function unlink(disk: Disk, path: string): void {
  if (found(disk, path, 'unlink').kind === 'folder') throw failure('EPERM', 'unlink', path);
  const { parent, name } = parentOf(disk, path, 'unlink');
  parent.entries.delete(name);
}

function removeEmpty(disk: Disk, path: string): void {
  const folder = found(disk, path, 'rmdir');
  if (folder.kind === 'file') throw failure('ENOTDIR', 'rmdir', path);
  if (folder.entries.size > 0) throw failure('ENOTEMPTY', 'rmdir', path);
  const { parent, name } = parentOf(disk, path, 'rmdir');
  parent.entries.delete(name);
}

function remove(
  disk: Disk,
  path: string,
  { recursive, force }: { recursive: boolean; force: boolean },
): void {
  const node = lookUp(disk, path, 'rm');
  if (!node && force) return;
  if (!node) throw failure('ENOENT', 'rm', path);
  if (node.kind === 'folder' && !recursive) throw failure('ERR_FS_EISDIR', 'rm', path);
  const { parent, name } = parentOf(disk, path, 'rm');
  parent.entries.delete(name);
}

function fileAt(disk: Disk, path: string, operation: string): FileNode {
  const node = found(disk, path, operation);
  if (node.kind === 'folder') throw failure('EISDIR', 'read', path);
  return node;
}

function counter(): () => number {
  let count = 0;
  return () => ++count;
}
