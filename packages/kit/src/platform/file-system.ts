/**
 * The part of `node:fs/promises` that this project uses. Node's own module, `memfs` and a faulty wrapper
 * around either implement it; nothing outside platform/ imports `node:fs`. byte-names.ts describes how names
 * that are not valid UTF-8 appear in lists and paths.
 */

export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, with a fraction. */
  readonly mtimeMs: number;
  readonly birthtimeMs: number;
  /** Time of the last change of content, attributes or name: unlike `mtimeMs`, a program cannot set it. */
  readonly ctimeMs: number;
  readonly mode: number;
  readonly ino: number;
  /** Device of the file; together with `ino` it identifies the file. */
  readonly dev: number;
  /** Is it a regular file? */
  isFile(): boolean;
  /** Is it a folder? */
  isDirectory(): boolean;
  /** Is it a symlink? Always false from `stat`. */
  isSymbolicLink(): boolean;
}

/** An open file. */
export interface FileHandle {
  /** Reads up to `length` bytes from byte `position` of the file into `buffer` at `offset`. */
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesRead: number }>;
  /**
   * Writes up to `length` bytes of `buffer` from `offset` to byte `position` of the file; null continues
   * after the last write.
   */
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesWritten: number }>;
  /** Truncates or extends the file to `length` bytes. Default: 0. */
  truncate(length?: number): Promise<void>;
  /** Metadata of the open file. */
  stat(): Promise<FileStat>;
  /** Returns when the bytes are on the disk. */
  sync(): Promise<void>;
  /** Sets the times of the file. */
  utimes(atime: Date, mtime: Date): Promise<void>;
  /** Closes the file. */
  close(): Promise<void>;
}

/** The calls of `node:fs/promises` that this project makes. */
export interface FileSystem {
  /** Opens a file, with the flags of `fopen`. */
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  /** A whole file as text. */
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  /** The names in a folder, unordered. Without their kinds, for which Node needs three times the memory. */
  readdir(path: string): Promise<string[]>;
  /** Metadata of a file; follows symlinks. */
  stat(path: string): Promise<FileStat>;
  /** Metadata of the symlink itself. */
  lstat(path: string): Promise<FileStat>;
  /** Creates a folder; with `recursive`, also its parents. */
  mkdir(path: string, options: { recursive: boolean; mode?: number }): Promise<unknown>;
  /** Moves a file and replaces an existing one. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  unlink(path: string): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  /** Removes a file or a folder with everything in it. */
  rm(path: string, options: { recursive: boolean; force: boolean }): Promise<void>;
  /** Sets the permission bits. */
  chmod(path: string, mode: number): Promise<void>;
  /** Sets the times of a file. */
  utimes(path: string, atime: Date, mtime: Date): Promise<void>;
  /** The path with symlinks resolved. */
  realpath(path: string): Promise<string>;
}
