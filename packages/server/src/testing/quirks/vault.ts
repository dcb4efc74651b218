/** The quirk `vault`: every personal drive has a locked Personal Vault at its root. */

import type { World } from '../../core/world.ts';
import { type DriveRecord, drives } from '../../files/drives/drive-record.ts';
import { knownSpecialFolder } from '../../files/folders/special-folder.ts';
import { actorOf } from '../../files/items/actor.ts';
import { addItem } from '../../files/items/add-item.ts';
import { freeName } from '../../files/items/conflict.ts';
import { vaultName } from '../../files/items/locked-vault.ts';
import { purgeItem } from '../../files/items/remove-item.ts';
import { childNamed } from '../../files/items/tree.ts';
import { accounts } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';

/** Adds a vault to every personal drive; without the quirk, removes those of an earlier start. */
export function syncVaults(world: World): void {
  const on = world.settings.quirks.includes('vault');
  const all = world.storage.read((records) =>
    drives
      .list(records)
      .filter(({ kind }) => kind === 'personal')
      .filter((drive) => (knownSpecialFolder(records, drive, vaultName) !== undefined) !== on),
  );
  if (all.length === 0) return;
  world.storage.write((records) => {
    for (const drive of all) syncVault(records, world, drive, on);
  });
}

function syncVault(records: Records, world: World, drive: DriveRecord, on: boolean): void {
  const root = records.item(drive.root);
  const owner = accounts.get(records, drive.ownerId);
  if (root === undefined || owner === undefined) return;
  const actor = actorOf(world, owner);
  const vault = knownSpecialFolder(records, drive, vaultName);
  if (on) {
    const name = freeName(
      'Personal Vault',
      'folder',
      (taken) => childNamed(records, root, taken) !== undefined,
    );
    addItem(records, drive, root, { name, kind: 'folder', specialFolder: vaultName }, actor);
  } else if (vault !== undefined) purgeItem(records, drive, vault, actor);
}
