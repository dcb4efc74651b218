/** Adds the files and folders of a seed to a drive. */

import { mimeTypeOf } from '../../core/media-type.ts';
import { parseTimestamp } from '../../core/timestamps.ts';
import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import { type Actor, actorOf } from '../../files/items/actor.ts';
import { addItem, type Content, type Draft } from '../../files/items/add-item.ts';
import type { FileSeed, FolderSeed } from './seed.ts';

const chunkSize = 1024 * 1024;

/** The creator of the seeded items. */
export type SeedAuthor = Parameters<typeof actorOf>[1];

/** Adds the items of `seed` below the root. @throws ServiceError 400 for a name that is invalid in OneDrive. */
export async function fillDrive(
  world: World,
  drive: DriveRecord,
  account: SeedAuthor,
  seed: FolderSeed,
): Promise<void> {
  await addFolder(world, drive, actorOf(world, account), seed, drive.root);
}

async function addFolder(
  world: World,
  drive: DriveRecord,
  actor: Actor,
  seed: FolderSeed,
  parent: number,
): Promise<void> {
  for (const [name, value] of Object.entries(seed)) {
    if (typeof value === 'object' && 'folder' in value) {
      const key = addSeedItem(world, drive, actor, parent, { name, kind: 'folder' });
      await addFolder(world, drive, actor, value.folder, key);
    } else if (typeof value === 'object' && 'package' in value) {
      addSeedItem(world, drive, actor, parent, { name, kind: 'package', packageType: value.package });
    } else {
      const file = typeof value === 'string' ? { text: value } : value;
      addSeedItem(world, drive, actor, parent, await fileDraft(world, name, file));
    }
  }
}

function addSeedItem(world: World, drive: DriveRecord, actor: Actor, parent: number, draft: Draft): number {
  return world.storage.write((records) => {
    const folder = records.item(parent);
    if (folder === undefined) throw new Error('The folder of the seeded items no longer exists.');
    return addItem(records, drive, folder, draft, actor).key;
  });
}

async function fileDraft(world: World, name: string, file: FileSeed): Promise<Draft> {
  const time = file.modified === undefined ? undefined : parseTimestamp(file.modified);
  return {
    name,
    kind: 'file',
    content: await storeBytes(world, file),
    mimeType: file.mimeType ?? mimeTypeOf(name),
    description: file.description,
    ...(time === undefined ? {} : { fsCreated: time, fsModified: time }),
  };
}

async function storeBytes(world: World, file: FileSeed): Promise<Content> {
  const { blobs } = world.storage;
  const id = blobs.create();
  await blobs.append(id, 0, bytesOf(file));
  const { size, quickXorHash, sha1 } = await blobs.seal(id);
  return { blob: id, size, hashes: { quickXorHash, sha1 } };
}

async function* bytesOf(file: FileSeed): AsyncGenerator<Uint8Array> {
  if (file.open !== undefined) yield* file.open();
  else if (file.bytes !== undefined) yield file.bytes;
  else if (file.text !== undefined) yield new TextEncoder().encode(file.text);
  else yield* filler(file.size ?? 0);
}

/** Generated content: byte i is i mod 251, so that chunks differ. */
function* filler(size: number): Generator<Uint8Array> {
  const chunk = new Uint8Array(Math.min(size, chunkSize));
  for (let at = 0; at < size; at += chunk.length) {
    const length = Math.min(chunk.length, size - at);
    for (let index = 0; index < length; index++) chunk[index] = (at + index) % 251;
    yield chunk.subarray(0, length);
  }
}
