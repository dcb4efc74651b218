/**
 * The part of `node:fs/promises` that this project uses. Node's own module, `memfs` and a faulty wrapper over
 * either satisfy it; nothing outside platform/ imports `node:fs`. Names that are not valid UTF-8 appear as byte-names.ts
 * describes, in lists and in paths.
 */

export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, with fraction. */
  readonly mtimeMs: number;
  readonly birthtimeMs: number;
  /** Time of the last change of content, attributes or name: unlike `mtimeMs` a program cannot set it back. */
  readonly ctimeMs: number;
  readonly mode: number;
  readonly ino: number;
  /** Device that holds the file; with `ino` it identifies the file. */
  readonly dev: number;
  /** Is it a regular file? */
  isFile(): boolean;
  /** Is it a folder? */
  isDirectory(): boolean;
  /** Is it a symbolic link? Only `lstat` can tell. */
  isSymbolicLink(): boolean;
}

/** An open file. */
export interface FileHandle {
  /** Reads up to `length` bytes at byte `position` into `buffer` from `offset` on. */
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesRead: number }>;
  /** Writes up to `length` bytes of `buffer` from `offset` on at byte `position`; null is where the last write ended. */
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesWritten: number }>;
  /** Cuts or extends the file to `length` bytes; 0 unless told. */
  truncate(length?: number): Promise<void>;
  /** What is known of the open file. */
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
  /** The names in a folder, in no order. Without their kinds: to ask Node for those as well takes three times the memory. */
  readdir(path: string): Promise<string[]>;
  /** What is known of a file; links are followed. */
  stat(path: string): Promise<FileStat>;
  /** The same of the link itself. */
  lstat(path: string): Promise<FileStat>;
  /** Makes a folder; with `recursive`, also those above it. */
  mkdir(path: string, options: { recursive: boolean; mode?: number }): Promise<unknown>;
  /** Moves a file over whatever is there. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  unlink(path: string): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  /** Removes a file or a folder with all in it. */
  rm(path: string, options: { recursive: boolean; force: boolean }): Promise<void>;
  /** Sets the permission bits. */
  chmod(path: string, mode: number): Promise<void>;
  /** Sets the times of a file. */
  utimes(path: string, atime: Date, mtime: Date): Promise<void>;
  /** The path without links. */
  realpath(path: string): Promise<string>;
}
