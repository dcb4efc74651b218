/**
 * Sources of uploads: content that can be read at any position, any number of times, which makes fragments repeatable. A
 * stream of unknown size becomes a source by spooling it into memory or onto disk (input-source.ts).
 */

/** What must not change while a source is read, as a serializable value. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, for a file. */
  readonly modifiedMs?: number | undefined;
  /** Time of the last change of content or attributes, which no program can set back: it reveals changes that `modifiedMs` hides. */
  readonly changedMs?: number | undefined;
  readonly inode?: number | undefined;
}

/** Content of a known size. */
export interface FileSource {
  /** The name of the item, if the caller gives none. */
  readonly name: string | undefined;
  /** Identifies the source in every process (an absolute path); without it an upload cannot be resumed later. */
  readonly identity?: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs?: number | undefined;
  readonly createdMs?: number | undefined;
  /**
   * Bytes [start, end), in chunks that are valid only until the next chunk is requested.
   * @throws OneDriveError `local-file` if the bytes cannot be read; `integrity` if there are fewer.
   */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  /** Opens the current version of the source, to start the upload over. Absent if there is only one version. */
  readonly reopen?: (() => Promise<FileSource>) | undefined;
  /** The current fingerprint, to compare with an earlier one. */
  fingerprint(): Promise<Fingerprint>;
  /** Releases the resources that reading holds. */
  close(): Promise<void>;
}

/** A stream of the web platform, such as the body of a `fetch` response. */
export interface WebStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** Chunks that arrive one after another: a Node `Readable`, a generator. Text is encoded as UTF-8. */
export type Chunks = AsyncIterable<Uint8Array | string>;

/** Content that can be read only once: stdin, the body of a response. */
export interface StreamSource {
  readonly stream: Chunks | WebStream;
  /**
   * Exact number of bytes, if it is known: the stream is then uploaded as it arrives. Default: unknown; more than 4 MiB
   * is written to a temporary file first.
   */
  readonly size?: number | undefined;
  readonly name?: string | undefined;
  readonly modifiedMs?: number | undefined;
}

/** Bytes in memory, which must not change until the upload is done. */
export function bytesSource(bytes: Uint8Array, name?: string): FileSource {
  const fingerprint = { size: bytes.byteLength };
  return {
    name,
    size: bytes.byteLength,
    async *read(start, end) {
      if (end > start) yield bytes.subarray(start, end);
    },
    fingerprint: async () => fingerprint,
    close: async () => {},
  };
}

/** The content of a `Blob` or `File` of a browser. */
export function blobSource(blob: Blob): FileSource {
  const file = blob as Blob & { readonly name?: string; readonly lastModified?: number };
  const fingerprint = { size: blob.size, modifiedMs: file.lastModified };
  return {
    name: file.name,
    size: blob.size,
    modifiedMs: file.lastModified,
    async *read(start, end) {
      for (let offset = start; offset < end; offset += blobChunk) {
        yield new Uint8Array(await blob.slice(offset, Math.min(end, offset + blobChunk)).arrayBuffer());
      }
    },
    fingerprint: async () => fingerprint,
    close: async () => {},
  };
}

const blobChunk = 1 << 20;

/** Whether two fingerprints are of the same, unchanged source. */
export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  // Records of earlier releases have no changedMs.
  const sameChange = a.changedMs === undefined || b.changedMs === undefined || a.changedMs === b.changedMs;
  return a.size === b.size && a.modifiedMs === b.modifiedMs && a.inode === b.inode && sameChange;
}
