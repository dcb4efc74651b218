/**
 * A file system that fails as planned: the nth call, every call of a kind, a full disk, a torn write, a power
 * cut.
 */
import type { FileHandle, FileSystem } from '../file-system.ts';

/** Names of calls; those on an open file start with `handle.`. */
export type FileOperation = Exclude<keyof FileSystem, symbol> | `handle.${Exclude<keyof FileHandle, symbol>}`;

/** A planned fault. */
export interface FileFault {
  /** Only these calls. Default: every call. */
  readonly operation?: FileOperation | readonly FileOperation[];
  /** Only paths that contain this text. */
  readonly path?: string;
  /** The nth matching call, counting from 1; with `repeat`, every one from there on. Default: 1. */
  readonly nth?: number;
  readonly repeat?: boolean;
  /**
   * What happens instead of the call. `code`: it rejects with this code (`ENOSPC`, `EIO`, …). `torn`: a write
   * writes only this many bytes, then rejects with EIO. `short`: a write or read of only this many bytes
   * succeeds. `crash`: this call and every later one rejects with {@link CrashError}, as if the process had
   * died before it.
   */
  readonly does:
    | { readonly code: string }
    | { readonly torn: number }
    | { readonly short: number }
    | { readonly crash: true };
}

export interface FaultyFileSystem extends FileSystem {
  /** Every call so far, in order: `rename /a/b`. Run once without faults to count the steps. */
  readonly calls: readonly string[];
}

/** The simulated process is dead: its later calls do not reach the disk. */
export class CrashError extends Error {
  readonly code = 'ECRASH';
  constructor() {
    super('The process has crashed.');
    this.name = 'CrashError';
  }
}

/**
 * Wraps `inner`. To simulate a power cut at step n, plan `{ nth: n, does: { crash: true } }` over a {@link
 * memoryFileSystem}, and call its `crash()` before using it again.
 */
export function faultyFileSystem(inner: FileSystem, plan: readonly FileFault[]): FaultyFileSystem {
  const control = faultControl(plan);
  const call =
    <A extends [path: string, ...rest: unknown[]], R>(
      operation: FileOperation,
      work: (...args: A) => Promise<R>,
    ) =>
    async (...args: A): Promise<R> => {
      control.pass(operation, args[0]);
      return work(...args);
    };
  return {
    calls: control.calls,
    open: call('open', async (path, flags, mode) =>
      faultyHandle(await inner.open(path, flags, mode), path, control),
    ),
    readFile: call('readFile', (path, encoding) => inner.readFile(path, encoding)),
    readdir: call('readdir', (path) => inner.readdir(path)),
    stat: call('stat', (path) => inner.stat(path)),
    lstat: call('lstat', (path) => inner.lstat(path)),
    mkdir: call('mkdir', (path, options) => inner.mkdir(path, options)),
    rename: call('rename', (from, to) => inner.rename(from, to)),
    unlink: call('unlink', (path) => inner.unlink(path)),
    rmdir: call('rmdir', (path) => inner.rmdir(path)),
    rm: call('rm', (path, options) => inner.rm(path, options)),
    chmod: call('chmod', (path, mode) => inner.chmod(path, mode)),
    utimes: call('utimes', (path, atime, mtime) => inner.utimes(path, atime, mtime)),
    realpath: call('realpath', (path) => inner.realpath(path)),
  };
}

function faultyHandle(inner: FileHandle, path: string, control: FaultControl): FileHandle {
  return {
    async read(buffer, offset, length, position) {
      const fault = control.pass('handle.read', path);
      const most = fault && 'short' in fault ? Math.min(length, fault.short) : length;
      return inner.read(buffer, offset, most, position);
    },
    async write(buffer, offset, length, position) {
      const fault = control.pass('handle.write', path);
      if (!fault) return inner.write(buffer, offset, length, position);
      const torn = 'torn' in fault;
      const most = Math.min(length, torn ? fault.torn : fault.short);
      const done = await inner.write(buffer, offset, most, position);
      if (torn) throw systemError('EIO', 'write', path);
      return done;
    },
    async truncate(length) {
      control.pass('handle.truncate', path);
      await inner.truncate(length);
    },
    async stat() {
      control.pass('handle.stat', path);
      return inner.stat();
    },
    async sync() {
      control.pass('handle.sync', path);
      await inner.sync();
    },
    async utimes(atime, mtime) {
      control.pass('handle.utimes', path);
      await inner.utimes(atime, mtime);
    },
    async close() {
      control.pass('handle.close', path);
      await inner.close();
    },
  };
}

type FaultControl = ReturnType<typeof faultControl>;

function faultControl(plan: readonly FileFault[]) {
  const calls: string[] = [];
  const seen = plan.map(() => 0);
  let crashed = false;
  const due = (fault: FileFault, at: number, operation: FileOperation, path: string) => {
    if (fault.operation !== undefined && ![fault.operation].flat().includes(operation)) return false;
    if (fault.path !== undefined && !path.includes(fault.path)) return false;
    const count = (seen[at] = (seen[at] ?? 0) + 1);
    return fault.repeat ? count >= (fault.nth ?? 1) : count === (fault.nth ?? 1);
  };
  /** Throws for a planned error; returns the change of a read or a write. */
  const pass = (operation: FileOperation, path: string): { torn: number } | { short: number } | undefined => {
    if (crashed) throw new CrashError();
    calls.push(`${operation} ${path}`);
    const hits = plan.filter((fault, at) => due(fault, at, operation, path)).map((fault) => fault.does);
    for (const does of hits) {
      if ('crash' in does) {
        crashed = true;
        throw new CrashError();
      }
      if ('code' in does) throw systemError(does.code, operation, path);
      return does;
    }
    return undefined;
  };
  return { calls, pass };
}

function systemError(code: string, operation: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), { code, syscall: operation, path });
}
