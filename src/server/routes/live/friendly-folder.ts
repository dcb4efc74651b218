/** Folders that v5.0 names by what they are for. They were always there, so the first question makes them. */
import { actorOf } from '../../items/actor.ts';
import { addItem } from '../../items/add-item.ts';
import { rootOf } from '../../items/resolve.ts';
import { childNamed, isFolder } from '../../items/tree.ts';
import { type FriendlyFolder, friendlyFolders } from '../../live-v5/live-path.ts';
import type { DriveRecord } from '../../storage/records/drive-record.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import type { Records } from '../../storage/storage.ts';
import type { Actor } from '../../items/actor.ts';
import type { AccountRecord } from '../../storage/records/account-record.ts';
import type { World } from '../../world.ts';

/** What they are called in the drive, and below which other one. */
const places: Readonly<Record<FriendlyFolder, { readonly name: string; readonly within?: FriendlyFolder }>> =
  {
    my_documents: { name: 'Documents' },
    my_photos: { name: 'Pictures' },
    public_documents: { name: 'Public' },
    camera_roll: { name: 'Camera Roll', within: 'my_photos' },
  };

/** The folder, which is made where it is missing. */
export function friendlyFolder(
  world: World,
  drive: DriveRecord,
  account: AccountRecord,
  name: FriendlyFolder,
): ItemRecord {
  const found = world.storage.read((records) => known(records, drive, name));
  return found ?? world.storage.write((records) => made(records, drive, name, actorOf(world, account)));
}

function known(records: Records, drive: DriveRecord, name: FriendlyFolder): ItemRecord | undefined {
  const id = records.document('special-folder', `${drive.id}/${friendlyFolders[name]}`);
  const item = typeof id === 'string' ? records.itemById(drive.number, id) : undefined;
  return item !== undefined && item.bin === 0 && isFolder(item) ? item : undefined;
}

function made(records: Records, drive: DriveRecord, name: FriendlyFolder, actor: Actor): ItemRecord {
  const already = known(records, drive, name);
  if (already !== undefined) return already;
  const { name: called, within } = places[name];
  const parent = within === undefined ? rootOf(records, drive) : made(records, drive, within, actor);
  const existing = childNamed(records, parent, called);
  const draft = { name: called, kind: 'folder', specialFolder: friendlyFolders[name] } as const;
  const folder =
    existing !== undefined && isFolder(existing)
      ? records.putItem({ ...existing, data: { ...existing.data, specialFolder: friendlyFolders[name] } })
      : addItem(records, drive, parent, draft, actor);
  records.putDocument('special-folder', `${drive.id}/${friendlyFolders[name]}`, folder.id);
  return folder;
}
