/** Where downloaded bytes go: in memory or into a stream here, onto the disk in path-sink.ts. */

/** What a finished file is told about itself. */
export interface SinkFacts {
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
}

/**
 * A place for the bytes of one file. The calls come one after another, and in the order of the bytes, unless the
 * place says that it is `positional`.
 */
export interface FileSink {
  /** Makes ready, before anything is asked of the service. @throws OneDriveError `local-file` */
  prepare(): Promise<void>;
  /** Takes bytes, which are valid until the promise ends. They come in order but for a {@link restart}. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Forgets what it has, to be filled again from 0. A place that cannot has no such function. */
  readonly restart?: () => Promise<void>;
  /** Takes bytes at any position, also several pieces at a time. */
  readonly positional?: boolean;
  /** Is the file on the disk before it takes its name? */
  readonly durable?: boolean | undefined;
  /** What names this place in every process (an absolute path); without it a download cannot be resumed later. */
  readonly identity?: string | undefined;
  /**
   * Makes ready as `prepare` does, with a part file whose name has this tag.
   * @param keep resume from what an earlier process left in it.
   * @returns bytes that are in it.
   */
  readonly reopen?: (tag: string, keep: boolean) => Promise<number>;
  /** What an earlier process wrote: bytes [start, end), in chunks that are valid until the next one is asked for. */
  readonly readBack?: (start: number, end: number) => AsyncIterable<Uint8Array>;
  /** So many bytes will come. */
  readonly allocate?: (size: number) => Promise<void>;
  /** What was written is on the disk when this ends. */
  readonly sync?: () => Promise<void>;
  /** Stops here; the bytes before `size` stay, for `reopen`. */
  readonly suspend?: (size: number) => Promise<void>;
  /** The bytes are wrong: keeps those before `size` under another name. @returns where */
  readonly setAside?: (size: number) => Promise<string>;
  /** Everything is there and good. */
  commit(facts: SinkFacts): Promise<void>;
  /** Nothing will come of it: leaves no trace. */
  abort(): Promise<void>;
}

/** Hands the bytes on as they come: stdout, another stream. What has gone out cannot be taken back. */
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
  /** What has come, whole. */
  bytes(): Uint8Array;
} {
  let chunks: Uint8Array[] = [];
  let size = 0;
  const forget = async () => {
    chunks = [];
    size = 0;
  };
  return {
    prepare: async () => {},
    write: async (bytes) => {
      chunks.push(bytes.slice());
      size += bytes.byteLength;
    },
    restart: forget,
    commit: async () => {},
    abort: forget,
    bytes: () => {
      const all = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.byteLength;
      }
      return all;
    },
  };
}
