/** The quirk `version-on-time-change`: a business drive creates a version of a file when its times change. */

import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import type { ItemData, ItemRecord } from '../../files/items/item-record.ts';
import type { Records } from '../../storage/storage.ts';
import { currentVersion, keepVersion } from '../../versions/versions.ts';

/** Creates a version if the quirk is enabled and `times` has new times; returns further changes to the file. */
export function versionOfTimes(
  records: Records,
  world: Pick<World, 'settings'>,
  drive: DriveRecord,
  item: ItemRecord,
  times: Partial<ItemData>,
): Partial<ItemData> {
  const on = world.settings.quirks.includes('version-on-time-change') && drive.kind !== 'personal';
  if (!on || item.blob === null || times.fsModified === undefined) return {};
  records.retainBlob(item.blob);
  keepVersion(records, drive, item);
  return { versionNumber: currentVersion(item) + 1 };
}
