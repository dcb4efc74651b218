/**
 * Determines which subscribers to notify after a write. Notifications only state that something changed; clients request
 * delta to learn what. https://learn.microsoft.com/graph/api/resources/change-notifications-api-overview
 */
import { timestamp } from '../core/timestamps.ts';
import type { World } from '../core/world.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { driveNamed } from '../sharing/access.ts';
import type { Records } from '../storage/storage.ts';
import { notify } from './call-back.ts';
import { lifecycleDue, noteLifecycle, sendLifecycleEvent } from './lifecycle.ts';
import { type SubscriptionRecord, subscriptions } from './subscription-record.ts';

/** Starts sending notifications about changes since the last notification, and lifecycle notifications. */
export function announceChanges(world: World): void {
  world.feed.check();
  const now = world.clock.now();
  if (!world.storage.read((records) => isAnyDue(records, now))) return;
  const { changes, events } = world.storage.write((records) => ({
    events: takeEvents(records, now),
    changes: takeDue(records, now),
  }));
  for (const { one, event } of events) sendLifecycleEvent(world, one, event);
  for (const due of changes) sendNotification(world, due);
}

function sendNotification(world: World, due: SubscriptionRecord): void {
  world.background.start(async (signal) => {
    const delivered = await notify(world, due.notificationUrl, [notificationJson(world, due)], signal);
    if (!delivered) sendLifecycleEvent(world, due, 'missed');
  });
}

function isAnyDue(records: Records, now: number): boolean {
  return subscriptions.list(records).some((one) => {
    const drive = driveNamed(records, one.driveId);
    return records.lastSequence(drive.number) > one.told || lifecycleDue(records, one, now) !== undefined;
  });
}

function takeEvents(records: Records, now: number) {
  return subscriptions.list(records).flatMap((one) => {
    const event = lifecycleDue(records, one, now);
    if (event === undefined) return [];
    noteLifecycle(records, one, event);
    return [{ one, event }];
  });
}

/** The subscriptions with pending notifications; marks them as notified. */
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

/**
 * Whether something changed below the watched folder. Sharing changes are included only for subscribers that requested them.
 */
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
