/**
 * After something was written: who is to be told? Notifications say that something changed, never what; clients ask
 * delta for that. https://learn.microsoft.com/graph/api/resources/change-notifications-api-overview
 */
import { timestamp } from '../domain/timestamps.ts';
import { driveNamed } from '../items/access.ts';
import { ancestors } from '../items/tree.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord } from '../storage/records/item-record.ts';
import { type SubscriptionRecord, subscriptions } from '../storage/records/subscription-record.ts';
import type { Records } from '../storage/storage.ts';
import type { World } from '../world.ts';
import { notify } from './call-back.ts';

/** Starts telling subscribers of what changed since they were told last. */
export function announceChanges(world: World): void {
  world.feed.check();
  if (!world.storage.read((records) => isAnyDue(records))) return;
  for (const due of world.storage.write((records) => takeDue(records, world.clock.now())))
    world.background.start((signal) =>
      notify(world, due.notificationUrl, [notificationJson(world, due)], signal),
    );
}

function isAnyDue(records: Records): boolean {
  return subscriptions.list(records).some((one) => {
    const drive = driveNamed(records, one.driveId);
    return records.lastSequence(drive.number) > one.told;
  });
}

/** Those to tell, marked as told. */
function takeDue(records: Records, now: number): readonly SubscriptionRecord[] {
  return subscriptions.list(records).filter((one) => {
    const drive = driveNamed(records, one.driveId);
    const last = records.lastSequence(drive.number);
    if (last <= one.told) return false;
    const concerned = one.expires > now && isConcerned(records, drive, one);
    subscriptions.put(records, one.id, { ...one, told: last });
    return concerned;
  });
}

/** Did something change below the folder that is watched? Changes of sharing count for who asked for them. */
function isConcerned(
  records: Records,
  drive: DriveRecord,
  { item, told, security }: SubscriptionRecord,
): boolean {
  const rows = records.changes(drive.number, told, 1000);
  return rows.some((row) => {
    const { changedBefore } = row.data;
    if (!security && changedBefore !== undefined && changedBefore <= told) return false;
    return isWithin(records, row, item);
  });
}

function isWithin(records: Records, row: ItemRecord, folder: number): boolean {
  return row.key === folder || ancestors(records, row).some((step) => step.key === folder);
}

/** One entry of a notification. */
function notificationJson({ settings }: World, one: SubscriptionRecord): Record<string, unknown> {
  return {
    subscriptionId: one.id,
    subscriptionExpirationDateTime: timestamp(one.expires, 'personal'),
    ...(one.clientState === undefined ? {} : { clientState: one.clientState }),
    changeType: 'updated',
    resource: one.resource.replace(/^\//, ''),
    tenantId: settings.identity.tenantId,
    resourceData: { '@odata.type': '#Microsoft.Graph.DriveItem' },
  };
}
