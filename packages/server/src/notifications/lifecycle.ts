/**
 * What a subscriber is told about the subscription itself: that it was taken away, that notifications were missed, that
 * the application has to say again that it may know.
 * https://learn.microsoft.com/graph/change-notifications-lifecycle-events
 */
import { timestamp } from '../core/timestamps.ts';
import type { World } from '../core/world.ts';
import { driveKey, drives } from '../files/drives/drive-record.ts';
import { accounts } from '../people/account-record.ts';
import { levelOn, reaches } from '../sharing/access.ts';
import type { Records } from '../storage/storage.ts';
import { notify } from './call-back.ts';
import { type SubscriptionRecord, subscriptions } from './subscription-record.ts';

/** The three events that there are. */
export type LifecycleEvent = 'subscriptionRemoved' | 'missed' | 'reauthorizationRequired';

/** Milliseconds before the end of a token, or of the subscription, at which the application is asked. */
const askBefore = 15 * 60_000;

/** Starts telling a subscriber of `event`, where it said how to reach it for that. */
export function tellLifecycle(world: World, one: SubscriptionRecord, event: LifecycleEvent): void {
  const { lifecycleNotificationUrl: url } = one;
  if (url === undefined) return;
  world.background.start(async (signal) => {
    await notify(world, url, [lifecycleJson(world, one, event)], signal);
  });
}

function lifecycleJson(
  { settings }: World,
  one: SubscriptionRecord,
  lifecycleEvent: LifecycleEvent,
): Record<string, unknown> {
  return {
    subscriptionId: one.id,
    subscriptionExpirationDateTime: timestamp(one.expires, 'personal'),
    tenantId: settings.identity.tenantId,
    clientState: one.clientState ?? null,
    lifecycleEvent,
  };
}

/** Is something to be said about a subscription now? It is looked at with every request, as nothing here has a timer. */
export function lifecycleDue(
  records: Records,
  one: SubscriptionRecord,
  now: number,
): LifecycleEvent | undefined {
  if (one.expires <= now) return undefined;
  if (!mayStillKnow(records, one, now)) return 'subscriptionRemoved';
  const until = Math.min(one.authorizedUntil ?? one.expires, one.expires);
  const due = one.lifecycleNotificationUrl !== undefined && one.asked !== true && until - now <= askBefore;
  return due ? 'reauthorizationRequired' : undefined;
}

/** Can the account that subscribed still read the folder? */
function mayStillKnow(
  records: Records,
  { accountId, driveId, item }: SubscriptionRecord,
  now: number,
): boolean {
  const account = accounts.get(records, accountId);
  const drive = drives.get(records, driveKey(driveId));
  const folder = records.item(item);
  // An application that acts for itself has no record.
  if (account === undefined) return drive !== undefined;
  if (drive === undefined || folder === undefined || folder.bin !== 0) return false;
  return reaches(levelOn(records, drive, folder, { account, now }), 'read');
}

/** Marks what is due as told, and takes away what is over. Within a transaction. */
export function noteLifecycle(records: Records, one: SubscriptionRecord, event: LifecycleEvent): void {
  if (event === 'subscriptionRemoved') subscriptions.delete(records, one.id);
  if (event === 'reauthorizationRequired') subscriptions.put(records, one.id, { ...one, asked: true });
}
