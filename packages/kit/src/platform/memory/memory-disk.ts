/** The nodes of the in-memory file system: their current and their durable content, and path lookup. */
import type { FileStat } from '../file-system.ts';

export interface FileNode {
  readonly kind: 'file';
  readonly ino: number;
  mode: number;
  mtimeMs: number;
  birthtimeMs: number;
  ctimeMs: number;
  bytes: Uint8Array;
  size: number;
  /** Contents at the last sync. */
  durable: Uint8Array;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly ino: number;
  mode: number;
  mtimeMs: number;
  birthtimeMs: number;
  ctimeMs: number;
  entries: Map<string, Node>;
  /** Entries at the last sync. */
  durable: Map<string, Node>;
}

export type Node = FileNode | FolderNode;

export interface Disk {
  readonly root: FolderNode;
  readonly now: () => number;
  /** Handles from before a crash are invalid. */
  life: number;
  nextIno: number;
}

/** Restores the durable state. */
export function lose(node: Node, keepEntries: boolean): void {
  if (node.kind === 'file') {
    node.bytes = node.durable.slice();
    node.size = node.durable.byteLength;
    return;
  }
  if (!keepEntries) node.entries = new Map(node.durable);
  for (const entry of node.entries.values()) lose(entry, keepEntries);
}

/** Makes everything durable. */
export function settle(node: Node): void {
  if (node.kind === 'file') {
    node.durable = node.bytes.slice(0, node.size);
    return;
  }
  node.durable = new Map(node.entries);
  node.entries.forEach(settle);
}

/** Grows by doubling, because otherwise every append would copy the file; the new bytes are zero. */
export function resize(file: FileNode, size: number): void {
  if (size > file.bytes.byteLength) {
    const larger = new Uint8Array(Math.max(size, file.bytes.byteLength * 2));
    larger.set(file.bytes.subarray(0, file.size));
    file.bytes = larger;
  } else if (size < file.size) file.bytes.fill(0, size, file.size);
  file.size = size;
}

/** Returns the node at `path`; throws ENOTDIR if a file is in the way. */
export function lookUp(disk: Disk, path: string, operation: string): Node | undefined {
  let at: Node = disk.root;
  for (const name of partsOf(path)) {
    if (at.kind === 'file') throw failure('ENOTDIR', operation, path);
    const next = at.entries.get(name);
    if (!next) return undefined;
    at = next;
  }
  return at;
}

/** Like {@link lookUp}, but throws ENOENT. */
export function found(disk: Disk, path: string, operation: string): Node {
  const node = lookUp(disk, path, operation);
  if (!node) throw failure('ENOENT', operation, path);
  return node;
}

/** The parent folder of `path`, which need not exist itself. */
export function parentOf(disk: Disk, path: string, operation: string): { parent: FolderNode; name: string } {
  const parts = partsOf(path);
  const name = parts.pop();
  if (name === undefined) throw failure('EBUSY', operation, path);
  const parent = found(disk, `/${parts.join('/')}`, operation);
  if (parent.kind === 'file') throw failure('ENOTDIR', operation, path);
  return { parent, name };
}

export function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

export function statOf(node: Node): FileStat {
  const { mtimeMs, birthtimeMs, ctimeMs, ino } = node;
  const mode = node.mode | (node.kind === 'file' ? 0o100000 : 0o040000);
  return {
    size: node.kind === 'file' ? node.size : 0,
    mtimeMs,
    birthtimeMs,
    ctimeMs,
    mode,
    ino,
    dev: 1,
    ...kindOf(node),
  };
}

function kindOf({ kind }: Node) {
  return { isFile: () => kind === 'file', isDirectory: () => kind === 'folder', isSymbolicLink: () => false };
}

export function newTimes(now: number) {
  return { mtimeMs: now, birthtimeMs: now, ctimeMs: now };
}

/** In the format of Node's own errors. */
export function failure(code: string, operation: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), { code, syscall: operation, path });
}
