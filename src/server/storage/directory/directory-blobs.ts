/**
 * Blobs on disk. A small one waits in memory and goes into the database with its record: one flush, no file. A larger
 * one is written to this process's own folder and moves to its place within the transaction that first mentions it,
 * so that a crash leaves either both or, at worst, a file that the next start clears. The blob of an upload session
 * is mentioned before it has bytes and grows in its place.
 */
import { stat } from 'node:fs/promises';
import { type ContentHasher, contentHasher, type Sha1Factory } from '../content-hasher.ts';
import type { Blobs, SealedBlob } from '../storage.ts';
import { type BlobFiles, openForWriting, readFileRange, writeBatches } from './blob-files.ts';

/** Bytes up to which a blob is kept in the database. */
export const inlineLimit = 32 * 1024;

/** A blob that this process is writing. */
interface Draft {
  readonly hasher: ContentHasher;
  /** Its bytes, while they are few and no record mentions it. */
  readonly memory: readonly Uint8Array[] | undefined;
  readonly sealed: boolean;
}

export interface DirectoryBlobs extends Blobs {
  /** What a record that mentions `id` for the first time has to store: bytes, or undefined when they are in a file. */
  adopt(id: string): { readonly bytes: Uint8Array | undefined; undo(): void };
  /** Removes the file of a blob that no record mentions any more. */
  remove(id: string): void;
}

export interface DirectoryBlobsOptions {
  readonly files: BlobFiles;
  readonly sha1: Sha1Factory | undefined;
  /** Flush files to the disk before they count. */
  readonly durable: boolean;
  /** The bytes that the database holds for a blob; undefined when they are in a file. */
  readonly inline: (id: string) => Uint8Array | undefined;
}

/** Blobs over a folder. */
export function directoryBlobs({ files, sha1, durable, inline }: DirectoryBlobsOptions): DirectoryBlobs {
  const drafts = new Map<string, Draft>();
  /** Written or growing in this process's folder. */
  const fresh = new Set<string>();
  const pathOf = (id: string): string => (fresh.has(id) ? files.fresh(id) : files.kept(id));

  /** The hashes of the first `length` bytes: remembered, or after a restart computed anew. */
  const hasherAt = async (id: string, length: number): Promise<ContentHasher> => {
    const draft = drafts.get(id);
    if (draft?.hasher.length === length) return draft.hasher.copy();
    const hasher = contentHasher(sha1);
    if (length > 0) for await (const chunk of bytesOf(id, 0, length)) hasher.update(chunk);
    return hasher;
  };
  const bytesOf = (id: string, start: number, end: number): AsyncIterable<Uint8Array> => {
    const memory = drafts.get(id)?.memory ?? toList(fresh.has(id) ? undefined : inline(id));
    return memory === undefined ? readFileRange(pathOf(id), start, end) : readMemory(memory, start, end);
  };

  const append = async (id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number> => {
    const hasher = await hasherAt(id, offset);
    const waiting = drafts.get(id)?.memory;
    const source = bytes[Symbol.asyncIterator]();
    try {
      const held = waiting === undefined ? undefined : await hold(waiting, offset, source);
      if (held?.ended === true) {
        for (const chunk of held.arrived) hasher.update(chunk);
        drafts.set(id, { hasher, memory: held.all, sealed: false });
        return hasher.length;
      }
      const file = await openForWriting(pathOf(id));
      try {
        const kept = held === undefined ? [] : held.all.slice(0, held.all.length - held.arrived.length);
        await writeBatches(file, 0, fromList(kept), () => {});
        const rest = joined(held?.arrived ?? [], source);
        const length = await writeBatches(file, offset, rest, (chunk) => hasher.update(chunk));
        await file.truncate(length);
        if (durable && !fresh.has(id)) await file.datasync();
        drafts.set(id, { hasher, memory: undefined, sealed: false });
        return length;
      } finally {
        await file.close();
      }
    } finally {
      await source.return?.();
    }
  };

  return {
    create() {
      const id = files.newId();
      fresh.add(id);
      drafts.set(id, { hasher: contentHasher(sha1), memory: [], sealed: false });
      return id;
    },
    append,
    async seal(id): Promise<SealedBlob> {
      const hasher = drafts.get(id)?.hasher ?? (await hasherAt(id, (await stat(pathOf(id))).size));
      const memory = drafts.get(id)?.memory;
      if (memory === undefined) {
        const file = await openForWriting(pathOf(id));
        try {
          await file.truncate(hasher.length);
          if (durable) await file.datasync();
        } finally {
          await file.close();
        }
      }
      drafts.set(id, { hasher, memory, sealed: true });
      return { id, size: hasher.length, ...hasher.digest() };
    },
    read: bytesOf,
    async discard(id) {
      if (!fresh.delete(id)) return;
      drafts.delete(id);
      files.remove(files.fresh(id));
    },
    adopt(id) {
      const draft = drafts.get(id);
      const wasFresh = fresh.delete(id);
      const restore = (): void => {
        if (wasFresh) fresh.add(id);
        if (draft !== undefined) drafts.set(id, draft);
      };
      if (draft?.sealed === true) drafts.delete(id);
      else if (draft !== undefined) drafts.set(id, { ...draft, memory: undefined });
      const bytes = draft?.memory === undefined ? undefined : Buffer.concat(draft.memory);
      if (!wasFresh || bytes?.byteLength === 0)
        return { bytes: draft?.sealed === true ? bytes : undefined, undo: restore };
      // What may still grow has to be in a file.
      if (bytes !== undefined && draft?.sealed === true) return { bytes, undo: restore };
      if (bytes !== undefined) files.write(id, bytes);
      files.keep(id);
      return {
        bytes: undefined,
        undo() {
          files.unkeep(id);
          restore();
        },
      };
    },
    remove(id) {
      drafts.delete(id);
      files.remove(files.kept(id));
    },
  };
}

interface Held {
  /** Everything from the beginning of the blob, the arrived chunks last. */
  readonly all: readonly Uint8Array[];
  readonly arrived: readonly Uint8Array[];
  /** Did the source end before the limit was passed? */
  readonly ended: boolean;
}

/** Takes chunks into memory until the source ends or there are too many. */
async function hold(
  before: readonly Uint8Array[],
  offset: number,
  source: AsyncIterator<Uint8Array>,
): Promise<Held> {
  const kept = offset === 0 ? [] : [Buffer.concat(before).subarray(0, offset)];
  const arrived: Uint8Array[] = [];
  let length = offset;
  while (length <= inlineLimit) {
    const next = await source.next();
    if (next.done === true) return { all: [...kept, ...arrived], arrived, ended: true };
    arrived.push(next.value);
    length += next.value.byteLength;
  }
  return { all: [...kept, ...arrived], arrived, ended: false };
}

function toList(bytes: Uint8Array | undefined): readonly Uint8Array[] | undefined {
  return bytes === undefined ? undefined : [bytes];
}

async function* fromList(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* joined(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* readMemory(
  chunks: readonly Uint8Array[],
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.concat(chunks).subarray(start, end);
  if (bytes.byteLength > 0) yield bytes;
}
