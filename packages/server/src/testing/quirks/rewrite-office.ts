/**
 * SharePoint writes properties of the library into Office, PDF and HTML files after an upload:
 * github.com/OneDrive/onedrive-api-docs/issues/935. This server appends a comment; the response to the upload still
 * describes the uploaded content.
 */

import type { World } from '../../core/world.ts';
import { driveKey, drives } from '../../files/drives/drive-record.ts';
import { actorOf } from '../../files/items/actor.ts';
import { changeItem } from '../../files/items/change-item.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { addToAncestors } from '../../files/items/tree.ts';
import { accounts } from '../../people/account-record.ts';
import { isRewritten } from './quirks.ts';

const addition = new TextEncoder().encode('\n<!-- SharePoint document properties -->\n');

/** Rewrites the uploaded file, if its name is one that the service rewrites. */
export async function rewriteUpload(world: World, uploaded: unknown): Promise<void> {
  const { id, name, parentReference } = (uploaded ?? {}) as Readonly<Record<string, unknown>>;
  const driveId = (parentReference as Readonly<Record<string, unknown>> | undefined)?.['driveId'];
  if (typeof id !== 'string' || typeof name !== 'string' || typeof driveId !== 'string') return;
  if (!isRewritten(name)) return;
  const { storage } = world;
  const upload = storage.read((records) => {
    const drive = drives.get(records, driveKey(driveId));
    const item = drive === undefined ? undefined : records.itemById(drive.number, id);
    const account = drive === undefined ? undefined : accounts.get(records, drive.ownerId);
    return drive === undefined || drive.kind === 'personal' || account === undefined
      ? undefined
      : { item, account };
  });
  const item = upload?.item;
  if (upload === undefined || item === undefined || item.blob === null) return;
  const blob = storage.blobs.create();
  await storage.blobs.append(blob, 0, rewritten(world, item));
  const { size, quickXorHash, sha1 } = await storage.blobs.seal(blob);
  storage.write((records) => {
    records.retainBlob(blob);
    records.releaseBlob(item.blob ?? '');
    const row = { blob, size, contentVersion: item.contentVersion + 1 };
    changeItem(
      records,
      item,
      { row, data: { hashes: { quickXorHash, sha1 } } },
      actorOf(world, upload.account),
    );
    addToAncestors(records, item.parent, size - item.size);
  });
}

async function* rewritten(world: World, item: ItemRecord): AsyncGenerator<Uint8Array> {
  yield* world.storage.blobs.read(item.blob ?? '', 0, item.size);
  yield addition;
}
