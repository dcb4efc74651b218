/**
 * Determines which subscribers to notify after a write. Notifications only state that something changed; clients request
 * delta to learn what. https://learn.microsoft.com/graph/api/resources/change-notifications-api-overview
 */
import { timestamp } from '../core/timestamps.ts';
import type { World } from '../core/world.ts';
import { type DriveRecord, driveNumbered } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { driveNamed } from '../sharing/access.ts';
import type { Records } from '../storage/storage.ts';
import { notify } from './call-back.ts';
import { lifecycleDue, noteLifecycle, sendLifecycleEvent } from './lifecycle.ts';
import { type SubscriptionRecord, subscriptions } from './subscription-record.ts';

/**
 * Starts to notify subscribers of changes since the last notification, and of what became of their subscriptions.
 *
 * Checks the subscriptions of the drives that this server changed, and the next few of all the others in turn: those
 * are due because time has passed, or because another process changed their drive. So the cost of a request does not
 * grow with the number of subscriptions.
 */
export function announceChanges(world: World): void {
  world.feed.check();
  const now = world.clock.now();
  const candidates = world.storage.read((records) => candidatesOf(records, world));
  if (!world.storage.read((records) => candidates.some((one) => isDue(records, one, now)))) return;
  const { changes, events } = world.storage.write((records) => ({
    events: takeEvents(records, candidates, now),
    changes: takeDue(records, candidates, now),
  }));
  for (const { one, event } of events) sendLifecycleEvent(world, one, event);
  for (const due of changes) sendNotification(world, due);
}

/** The number of subscriptions that each request checks in turn. */
const turnSize = 16;

function candidatesOf(
  records: Records,
  { changed, subscriptionCheck }: World,
): readonly SubscriptionRecord[] {
  const inTurn = records.documents(subscriptions.kind, { after: subscriptionCheck.after, limit: turnSize });
  subscriptionCheck.after = (inTurn.length === turnSize && inTurn.at(-1)?.key) || '';
  const ofChanged = changed.take().flatMap((number) => {
    const drive = driveNumbered(records, number);
    return drive === undefined ? [] : subscriptions.find(records, `drive:${drive.id}`);
  });
  const found = [...ofChanged, ...inTurn.map(({ value }) => value as SubscriptionRecord)];
  return found.length < 2 ? found : [...new Map(found.map((one) => [one.id, one])).values()];
}

function sendNotification(world: World, due: SubscriptionRecord): void {
  world.background.start(async (signal) => {
    const delivered = await notify(world, due.notificationUrl, [notificationJson(world, due)], signal);
    if (!delivered) sendLifecycleEvent(world, due, 'missed');
  });
}

function isDue(records: Records, one: SubscriptionRecord, now: number): boolean {
  const drive = driveNamed(records, one.driveId);
  return records.lastSequence(drive.number) > one.told || lifecycleDue(records, one, now) !== undefined;
}

/** The candidates as they are now. */
const current = (
  records: Records,
  candidates: readonly SubscriptionRecord[],
): readonly SubscriptionRecord[] => candidates.flatMap(({ id }) => subscriptions.get(records, id) ?? []);

function takeEvents(records: Records, candidates: readonly SubscriptionRecord[], now: number) {
  return current(records, candidates).flatMap((one) => {
    const event = lifecycleDue(records, one, now);
    if (event === undefined) return [];
    noteLifecycle(records, one, event);
    return [{ one, event }];
  });
}

/** The subscriptions to notify, marked as notified. */
function takeDue(
  records: Records,
  candidates: readonly SubscriptionRecord[],
  now: number,
): readonly SubscriptionRecord[] {
  return current(records, candidates).filter((one) => {
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
