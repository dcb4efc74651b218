/** Folders that v5.0 addresses by their purpose. In the service they always existed, so they are created on first use. */

import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import { provideSpecialFolder } from '../../files/folders/provide-special-folder.ts';
import { knownSpecialFolder, noteSpecialFolder } from '../../files/folders/special-folder.ts';
import { type Actor, actorOf } from '../../files/items/actor.ts';
import { addItem } from '../../files/items/add-item.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { rootOf } from '../../files/items/resolve.ts';
import { childNamed, isFolder } from '../../files/items/tree.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { type FriendlyFolder, friendlyFolders } from '../live-path.ts';
import { refusals } from '../live-refusal.ts';

/** Returns the folder, and creates it if it is missing. */
export function friendlyFolder(
  world: World,
  drive: DriveRecord,
  account: AccountRecord,
  name: FriendlyFolder,
): ItemRecord {
  const special = friendlyFolders[name];
  const folder = world.storage.read((records) => knownSpecialFolder(records, drive, special));
  if (folder !== undefined) return folder;
  return world.storage.write((records) => {
    const actor = actorOf(world, account);
    if (special === 'public') providePublic(records, drive, actor);
    else provideSpecialFolder(records, drive, special, actor);
    const created = knownSpecialFolder(records, drive, special);
    if (created === undefined) throw refusals.notFound(`me/skydrive/${name}`);
    return created;
  });
}

/** The public folder. Microsoft Graph has no name for it, so only v5.0 uses it. */
function providePublic(records: Records, drive: DriveRecord, actor: Actor): void {
  const root = rootOf(records, drive);
  const existing = childNamed(records, root, 'Public');
  if (existing !== undefined && !isFolder(existing)) throw refusals.notFound('me/skydrive/public_documents');
  const draft = { name: 'Public', kind: 'folder', specialFolder: 'public' } as const;
  const folder =
    existing === undefined
      ? addItem(records, drive, root, draft, actor)
      : records.putItem({ ...existing, data: { ...existing.data, specialFolder: 'public' } });
  noteSpecialFolder(records, drive, 'public', folder);
}
