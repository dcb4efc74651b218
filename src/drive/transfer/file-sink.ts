/** Where downloaded bytes go: in memory or into a stream here, onto the disk in path-sink.ts. */

/** What a finished file is told about itself. */
export interface SinkFacts {
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
}

/** A place for the bytes of one file. The calls come one after another. */
export interface FileSink {
  /** Makes ready, before anything is asked of the service. @throws OneDriveError `local-file` */
  prepare(): Promise<void>;
  /** Takes bytes, which are valid until the promise ends. They come in order but for a {@link restart}. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Forgets what it has, to be filled again from 0. A place that cannot has no such function. */
  readonly restart?: () => Promise<void>;
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
export function bytesSink(): FileSink & { bytes(): Uint8Array } {
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
