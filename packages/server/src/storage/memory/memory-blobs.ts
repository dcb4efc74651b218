/** Blobs in memory: chunks as they came, joined when the blob is sealed. */
import { type ContentHasher, contentHasher, type Sha1 } from '../content-hasher.ts';
import type { Blobs, SealedBlob } from '../storage.ts';

interface MemoryBlob {
  chunks: Uint8Array[];
  hasher: ContentHasher;
}

export interface MemoryBlobs extends Blobs {
  clear(): void;
}

const chunkSize = 1024 * 1024;

/** No blobs yet. Ids count up: they are no secrets. */
export function memoryBlobs(sha1: Sha1 | undefined): MemoryBlobs {
  const blobs = new Map<string, MemoryBlob>();
  let counter = 0;

  const replace = (id: string, chunks: Uint8Array[]): void => {
    const hasher = contentHasher(sha1);
    for (const chunk of chunks) hasher.update(chunk);
    blobs.set(id, { chunks, hasher });
  };

  return {
    create: () => `m${++counter}`,
    async append(id, offset, bytes) {
      const known = blobs.get(id)?.chunks ?? [];
      const arrived: Uint8Array[] = [];
      for await (const chunk of bytes) arrived.push(chunk.slice());
      const kept = cut(known, offset);
      const blob = blobs.get(id);
      if (blob?.hasher.length === offset) {
        for (const chunk of arrived) blob.hasher.update(chunk);
        blobs.set(id, { chunks: [...kept, ...arrived], hasher: blob.hasher });
      } else replace(id, [...kept, ...arrived]);
      return blobs.get(id)?.hasher.length ?? 0;
    },
    async seal(id): Promise<SealedBlob> {
      if (!blobs.has(id)) replace(id, []);
      const blob = blobs.get(id) as MemoryBlob;
      return { id, size: blob.hasher.length, ...blob.hasher.digest() };
    },
    async *read(id, start, end) {
      let position = 0;
      for (const chunk of blobs.get(id)?.chunks ?? []) {
        const from = Math.max(start - position, 0);
        const to = Math.min(end - position, chunk.byteLength);
        for (let at = from; at < to; at += chunkSize) yield chunk.subarray(at, Math.min(at + chunkSize, to));
        position += chunk.byteLength;
        if (position >= end) return;
      }
    },
    async discard(id) {
      blobs.delete(id);
    },
    clear: () => blobs.clear(),
  };
}

function cut(chunks: readonly Uint8Array[], length: number): Uint8Array[] {
  const kept: Uint8Array[] = [];
  let left = length;
  for (const chunk of chunks) {
    if (left <= 0) break;
    kept.push(chunk.byteLength <= left ? chunk : chunk.subarray(0, left));
    left -= chunk.byteLength;
  }
  return kept;
}
