/**
 * Activities of an item, derived from its records: creation, content changes and sharing.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/activities_list (a preview that is not in v1.0)
 */
import { accounts } from '../../people/account-record.ts';
import { permissionsOf } from '../../sharing/permission-record.ts';
import type { Records } from '../../storage/storage.ts';
import { versionsOf } from '../../versions/version-record.ts';
import { currentVersion } from '../../versions/versions.ts';
import type { IdentityRecord, ItemRecord } from '../items/item-record.ts';

export interface Activity {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly actor: IdentityRecord;
  readonly kind: 'create' | 'edit' | 'share';
  /** The version of an edit: `2.0`. */
  readonly version?: string;
  /** The recipients of a share. */
  readonly recipients?: readonly string[];
}

/** Activities of an item, newest first. */
export function activitiesOf(records: Records, item: ItemRecord): readonly Activity[] {
  const { created, createdBy } = item.data;
  const made: Activity = { id: `${item.key}-create`, time: created, actor: createdBy, kind: 'create' };
  const activities = [made, ...edits(records, item), ...shares(records, item)];
  return activities.sort((left, right) => right.time - left.time || (right.id < left.id ? -1 : 1));
}

function edits(records: Records, item: ItemRecord): readonly Activity[] {
  const current = currentVersion(item);
  if (item.data.kind !== 'file' || current === 1) return [];
  const earlier = versionsOf(records, item.key).map(({ number, modified, modifiedBy }) => ({
    number,
    time: modified,
    actor: modifiedBy,
  }));
  return [...earlier, { number: current, time: item.modified, actor: item.data.modifiedBy }]
    .filter(({ number }) => number > 1)
    .map(({ number, time, actor }) => ({
      id: `${item.key}-edit-${number}`,
      time,
      actor,
      kind: 'edit',
      version: `${number}.0`,
    }));
}

function shares(records: Records, item: ItemRecord): readonly Activity[] {
  return permissionsOf(records, item.key).flatMap(({ id, created, invitedBy, invitation }) => {
    const by = accounts.get(records, invitedBy ?? '');
    if (created === undefined || by === undefined) return [];
    const recipients = invitation === undefined ? [] : [invitation.displayName];
    const actor = { id: by.id, displayName: by.displayName };
    return [{ id: `${item.key}-share-${id}`, time: created, actor, kind: 'share' as const, recipients }];
  });
}
