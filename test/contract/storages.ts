/** The storages of the embedded server, and what their suites make and read. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { ItemRecord, NewItem } from '../../packages/server/src/files/items/item-record.ts';
import { directoryStorage } from '../../packages/server/src/storage/directory/directory-storage.ts';
import { nodeSha1 } from '../../packages/server/src/storage/directory/node-sha1.ts';
import { memoryStorage } from '../../packages/server/src/storage/memory/memory-storage.ts';
import type { Storage } from '../../packages/server/src/storage/storage.ts';

export const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const implementations: readonly [string, () => Promise<Storage>][] = [
  [
    'memory',
    async () => {
      const storage = memoryStorage({ sha1: nodeSha1 });
      cleanups.push(() => storage.close());
      return storage;
    },
  ],
  [
    'directory',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'storage-contract-'));
      cleanups.push(() => rm(folder, { recursive: true, force: true }));
      const storage = await directoryStorage(folder, { durable: false });
      cleanups.push(() => storage.close());
      return storage;
    },
  ],
];

let counter = 0;

/** Greater than all before. */
export const nextSequence = (): number => ++counter;

export function draft(parent: number, name: string, more: Partial<NewItem> = {}): NewItem {
  counter++;
  return {
    drive: 1,
    id: `id-${counter}`,
    parent,
    name,
    folded: name.toLowerCase(),
    rank: 1,
    size: 0,
    children: 0,
    version: 1,
    contentVersion: 1,
    modified: 1000,
    sequence: counter,
    bin: 0,
    blob: null,
    data: {
      kind: 'file',
      guid: 'G',
      created: 500,
      createdBy: { displayName: 'a' },
      modifiedBy: { displayName: 'b' },
      fsCreated: 1,
      fsModified: 2,
    },
    ...more,
  };
}

export const names = (items: readonly ItemRecord[]): string[] => items.map((item) => item.name);

export async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

export async function* broken(part: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(part);
  throw new Error('the line broke');
}

export async function readAll(storage: Storage, id: string, start: number, end: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of storage.blobs.read(id, start, end)) parts.push(chunk);
  return Buffer.concat(parts).toString('latin1');
}
