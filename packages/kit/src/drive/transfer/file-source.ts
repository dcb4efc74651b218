/**
 * Where uploaded bytes come from: something that can be read at any place, any number of times. That is what makes
 * a fragment repeatable. A stream of unknown size is not, and becomes a source by waiting in memory or on disk
 * (settle-source.ts).
 */

/** What must not change while a source is read, as a serialisable value. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, where there is a file. */
  readonly modifiedMs?: number | undefined;
  /** Time of the last change of content or attributes, which no program can set back: it shows what `modifiedMs` hides. */
  readonly changedMs?: number | undefined;
  readonly inode?: number | undefined;
}

/** Content of a known size. */
export interface FileSource {
  /** For the name of the item, unless the caller gives one. */
  readonly name: string | undefined;
  /** What names this source in every process (an absolute path); without it an upload cannot be resumed later. */
  readonly identity?: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs?: number | undefined;
  readonly createdMs?: number | undefined;
  /**
   * Bytes [start, end), in chunks that are valid only until the next one is asked for.
   * @throws OneDriveError `local-file` when the bytes cannot be read; `integrity` when there are fewer of them.
   */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  /** The same place as it is now, whatever it was: how an upload begins anew. Absent where there is only one state. */
  readonly reopen?: (() => Promise<FileSource>) | undefined;
  /** What the source is now, to be compared with what it was. */
  fingerprint(): Promise<Fingerprint>;
  /** Lets go of what reading held open. */
  close(): Promise<void>;
}

/** Content that comes once and ends when it ends: stdin, the body of another answer. */
export interface StreamSource {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly name?: string | undefined;
  readonly modifiedMs?: number | undefined;
}

/** What can be uploaded. */
export type UploadInput = FileSource | StreamSource | Uint8Array | string | Blob;

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

/** A `Blob` or `File`, as browsers give it. */
export function blobSource(blob: Blob): FileSource {
  const file = blob as Blob & { readonly name?: string; readonly lastModified?: number };
  const fingerprint = { size: blob.size, modifiedMs: file.lastModified };
  return {
    name: file.name,
    size: blob.size,
    modifiedMs: file.lastModified,
    async *read(start, end) {
      for (let at = start; at < end; at += blobChunk) {
        yield new Uint8Array(await blob.slice(at, Math.min(end, at + blobChunk)).arrayBuffer());
      }
    },
    fingerprint: async () => fingerprint,
    close: async () => {},
  };
}

const blobChunk = 1 << 20;

/** Are two fingerprints of the same, unchanged source? */
export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  // Records of earlier releases have no changedMs.
  const sameChange = a.changedMs === undefined || b.changedMs === undefined || a.changedMs === b.changedMs;
  return a.size === b.size && a.modifiedMs === b.modifiedMs && a.inode === b.inode && sameChange;
}
