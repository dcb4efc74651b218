/**
 * Lifecycle notifications about the subscription itself: that it was removed, that notifications were missed, or that the
 * application must reauthorize it.
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

/** The three lifecycle events. */
export type LifecycleEvent = 'subscriptionRemoved' | 'missed' | 'reauthorizationRequired';

/** Milliseconds before the expiry of the token, or of the subscription, at which the application is notified. */
const askBefore = 15 * 60_000;

/** Sends `event` to a subscriber, if it has a lifecycle notification URL. */
export function sendLifecycleEvent(world: World, one: SubscriptionRecord, event: LifecycleEvent): void {
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

/**
 * The lifecycle event that is due for a subscription, if any. Checked with every request, because the server uses no timer
 * for this.
 */
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

/** Whether the account of the subscription can still read the folder. */
function mayStillKnow(
  records: Records,
  { accountId, driveId, item }: SubscriptionRecord,
  now: number,
): boolean {
  const account = accounts.get(records, accountId);
  const drive = drives.get(records, driveKey(driveId));
  const folder = records.item(item);
  // An application that acts for itself has no account record.
  if (account === undefined) return drive !== undefined;
  if (drive === undefined || folder === undefined || folder.bin !== 0) return false;
  return reaches(levelOn(records, drive, folder, { account, now }), 'read');
}

/** Marks the events that are due as sent, and deletes expired subscriptions. Within a transaction. */
export function noteLifecycle(records: Records, one: SubscriptionRecord, event: LifecycleEvent): void {
  if (event === 'subscriptionRemoved') subscriptions.delete(records, one.id);
  if (event === 'reauthorizationRequired') subscriptions.put(records, one.id, { ...one, asked: true });
}
