/**
 * Blobs on disk. A small one waits in memory and goes into the database with its record: one flush, no file. A larger
 * one is written to this process's own folder and moves to its place within the transaction that first mentions it,
 * so that a crash leaves either both or, at worst, a file that the next start clears. The blob of an upload session
 * is mentioned before it has bytes and grows in its place.
 */
import { stat } from 'node:fs/promises';
import { joinBytes } from '../../core/join-bytes.ts';
import { type ContentHasher, contentHasher, hashesOf, type Sha1 } from '../content-hasher.ts';
import type { BlobBytes, Blobs, SealedBlob } from '../storage.ts';
import { type BlobFiles, checkRange, FileRange, openForWriting } from './blob-files.ts';
import { writeBatches } from './write-batches.ts';

/** Bytes up to which a blob is kept in the database. */
const inlineLimit = 32 * 1024;

/** A blob that this process is writing. */
interface Draft {
  /** The hashes of its bytes so far, once they are in a file. */
  readonly hasher: ContentHasher | undefined;
  /** Its bytes, while they are few and no record mentions it. */
  readonly memory: readonly Uint8Array[] | undefined;
  readonly sealed: boolean;
}

export interface Adoption {
  readonly bytes: Uint8Array | undefined;
  readonly undo: () => void;
}

export interface DirectoryBlobs extends Blobs {
  /** Was it made by this process, and has no record mentioned it yet? */
  isFresh(id: string): boolean;
  /** What a record that mentions `id` for the first time has to store: bytes, or undefined when they are in a file. */
  adopt(id: string): Adoption;
  /** Removes the file of a blob that no record mentions any more. */
  remove(id: string): void;
}

export interface DirectoryBlobsOptions {
  readonly files: BlobFiles;
  readonly sha1: Sha1 | undefined;
  /** Flush files to the disk before they count. */
  readonly durable: boolean;
  /** The bytes that the database holds for a blob; undefined when they are in a file. */
  readonly inline: (id: string) => Uint8Array | undefined;
}

/** Blobs over a folder. */
export class FolderBlobs implements DirectoryBlobs {
  readonly #options: DirectoryBlobsOptions;
  readonly #drafts = new Map<string, Draft>();
  /** Ids that no record mentions yet: their files, if any, are in this process's folder. */
  readonly #fresh = new Set<string>();

  constructor(options: DirectoryBlobsOptions) {
    this.#options = options;
  }

  isFresh(id: string): boolean {
    return this.#fresh.has(id);
  }

  create(): string {
    const id = this.#options.files.newId();
    this.#fresh.add(id);
    this.#drafts.set(id, { hasher: undefined, memory: [], sealed: false });
    return id;
  }

  async append(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const waiting = this.#drafts.get(id)?.memory;
    const source = bytes[Symbol.asyncIterator]();
    try {
      const held = waiting && (await hold(waiting, offset, source));
      if (held?.ended === true) {
        this.#drafts.set(id, { hasher: undefined, memory: held.chunks, sealed: false });
        return lengthOf(held.chunks);
      }
      const hasher = held ? contentHasher(this.#options.sha1) : await this.#hasherAt(id, offset);
      await this.#appendToFile(id, hasher, fromIterator(held?.chunks ?? [], source));
      this.#drafts.set(id, { hasher, memory: undefined, sealed: false });
      return hasher.length;
    } finally {
      await source.return?.();
    }
  }

  /** Writes behind what `hasher` has seen. */
  async #appendToFile(id: string, hasher: ContentHasher, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const file = await openForWriting(this.#pathOf(id));
    try {
      const length = await writeBatches(file, hasher.length, bytes, {
        seen: (chunk) => hasher.update(chunk),
        flush: this.#options.durable,
      });
      await file.truncate(length);
      if (this.#options.durable && !this.#fresh.has(id)) await file.datasync();
    } finally {
      await file.close();
    }
  }

  async seal(id: string): Promise<SealedBlob> {
    const draft = this.#drafts.get(id);
    const memory = draft?.memory;
    if (memory !== undefined) {
      const bytes = joined(memory);
      this.#drafts.set(id, { hasher: undefined, memory: [bytes], sealed: true });
      const { quickXorHash, sha1 } = hashesOf(bytes, this.#options.sha1);
      return { id, size: bytes.byteLength, quickXorHash, sha1 };
    }
    const hasher = draft?.hasher ?? (await this.#hasherAt(id, (await stat(this.#pathOf(id))).size));
    const file = await openForWriting(this.#pathOf(id));
    try {
      await file.truncate(hasher.length);
      if (this.#options.durable) await file.datasync();
    } finally {
      await file.close();
    }
    this.#drafts.set(id, { hasher, memory: undefined, sealed: true });
    return { id, size: hasher.length, ...hasher.digest() };
  }

  read(id: string, start: number, end: number): BlobBytes {
    const bytes = this.#fresh.has(id) ? undefined : this.#options.inline(id);
    const memory = this.#drafts.get(id)?.memory ?? (bytes === undefined ? undefined : [bytes]);
    return memory === undefined
      ? new FileRange(this.#pathOf(id), start, end)
      : readMemory(memory, start, end);
  }

  check(id: string, start: number, end: number): Promise<void> | undefined {
    const inMemory = this.#drafts.get(id)?.memory ?? this.#options.inline(id);
    return inMemory === undefined ? checkRange(this.#pathOf(id), start, end) : undefined;
  }

  async discard(id: string): Promise<void> {
    if (!this.#fresh.delete(id)) return;
    this.#drafts.delete(id);
    this.#options.files.remove(this.#options.files.fresh(id));
  }

  adopt(id: string): Adoption {
    const { files } = this.#options;
    const draft = this.#drafts.get(id);
    const wasFresh = this.#fresh.delete(id);
    const restore = (): void => {
      if (wasFresh) this.#fresh.add(id);
      if (draft !== undefined) this.#drafts.set(id, draft);
    };
    if (draft?.sealed === true) this.#drafts.delete(id);
    else if (draft !== undefined) this.#drafts.set(id, { ...draft, memory: undefined });
    const bytes = draft?.memory === undefined ? undefined : joined(draft.memory);
    if (bytes !== undefined && draft?.sealed === true) return { bytes, undo: restore };
    if (!wasFresh || bytes?.byteLength === 0) return { bytes: undefined, undo: restore };
    // What may still grow has to be in a file.
    if (bytes !== undefined) files.write(id, bytes);
    files.keep(id);
    const undo = (): void => {
      files.unkeep(id);
      restore();
    };
    return { bytes: undefined, undo };
  }

  remove(id: string): void {
    this.#drafts.delete(id);
    this.#options.files.remove(this.#options.files.kept(id));
  }

  #pathOf(id: string): string {
    const { files } = this.#options;
    return this.#fresh.has(id) ? files.fresh(id) : files.kept(id);
  }

  /** The hashes of the first `length` bytes: remembered, or after a restart computed anew. */
  async #hasherAt(id: string, length: number): Promise<ContentHasher> {
    const draft = this.#drafts.get(id);
    if (draft?.hasher?.length === length && length > 0) return draft.hasher.copy();
    const hasher = contentHasher(this.#options.sha1);
    if (length > 0) for await (const chunk of this.read(id, 0, length)) hasher.update(chunk);
    return hasher;
  }
}

interface Held {
  /** Everything from the beginning of the blob. */
  readonly chunks: readonly Uint8Array[];
  /** Did the source end before the limit was passed? */
  readonly ended: boolean;
}

/** Without a copy where there is one chunk. */
function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : joinBytes(chunks);
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((total, chunk) => total + chunk.byteLength, 0);
}

/** Takes chunks into memory until the source ends or there are too many. */
async function hold(
  before: readonly Uint8Array[],
  offset: number,
  source: AsyncIterator<Uint8Array>,
): Promise<Held> {
  const chunks: Uint8Array[] = offset === 0 ? [] : [Buffer.concat(before).subarray(0, offset)];
  for (let length = offset; length <= inlineLimit; ) {
    const next = await source.next();
    if (next.done === true) return { chunks, ended: true };
    chunks.push(next.value);
    length += next.value.byteLength;
  }
  return { chunks, ended: false };
}

/** What is held, and then the rest. */
async function* fromIterator(
  held: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* held;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function readMemory(chunks: readonly Uint8Array[], start: number, end: number): BlobBytes {
  const whole = joined(chunks).subarray(start, end);
  return {
    whole,
    async *[Symbol.asyncIterator]() {
      if (whole.byteLength > 0) yield whole;
    },
  };
}
