/** Sinks of downloads: in memory and into a stream here, onto disk in path-sink.ts. */

/** Facts about a finished file. */
export interface SinkFacts {
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
}

/**
 * Receives the bytes of one file. The calls come one after another and in the order of the bytes, unless the sink is
 * `positional`.
 */
export interface FileSink {
  /** Prepares the sink before any request is sent. @throws OneDriveError `local-file` */
  prepare(): Promise<void>;
  /** Writes bytes, which are valid until the promise settles. They arrive in order, except after {@link restart}. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Discards all bytes, to be filled again from 0. Absent if the sink cannot do that. */
  readonly restart?: () => Promise<void>;
  /** Accepts bytes at any position, and several writes at a time. */
  readonly positional?: boolean;
  /** Whether the file is flushed to disk before it is renamed to its final name. */
  readonly durable?: boolean | undefined;
  /** Identifies the sink in every process (an absolute path); without it a download cannot be resumed later. */
  readonly identity?: string | undefined;
  /**
   * Prepares the sink as `prepare` does, with a part file whose name contains this tag.
   * @param keep resume from the bytes that an earlier process left in it.
   * @returns the number of bytes in it.
   */
  readonly reopen?: (tag: string, keep: boolean) => Promise<number>;
  /** Bytes [start, end) that an earlier process wrote, in chunks that are valid until the next chunk is requested. */
  readonly readBack?: (start: number, end: number) => AsyncIterable<Uint8Array>;
  /** Allocates space for this many bytes. */
  readonly allocate?: (size: number) => Promise<void>;
  /** Flushes the written bytes to disk. */
  readonly sync?: () => Promise<void>;
  /** Stops; keeps the bytes before `size`, for `reopen`. */
  readonly suspend?: (size: number) => Promise<void>;
  /** The bytes are wrong: keeps those before `size` under another name. @returns that path. */
  readonly setAside?: (size: number) => Promise<string>;
  /** All bytes are written and verified. */
  commit(facts: SinkFacts): Promise<void>;
  /** The download failed: removes everything. */
  abort(): Promise<void>;
}

/** Passes the bytes on as they arrive, for example to stdout. They cannot be taken back. */
export function streamSink(write: (bytes: Uint8Array) => Promise<void>): FileSink {
  return {
    prepare: async () => {},
    write: (bytes) => write(bytes),
    commit: async () => {},
    abort: async () => {},
  };
}

/** Keeps the bytes in memory. */
export function bytesSink(): FileSink & {
  /** All bytes received. */
  bytes(): Uint8Array<ArrayBuffer>;
} {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const reset = async () => {
    chunks = [];
    size = 0;
  };
  return {
    prepare: async () => {},
    write: async (bytes) => {
      chunks.push(bytes.slice());
      size += bytes.byteLength;
    },
    restart: reset,
    commit: async () => {},
    abort: reset,
    bytes: () => {
      const all = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        all.set(chunk, offset);
        offset += chunk.byteLength;
      }
      return all;
    },
  };
}
