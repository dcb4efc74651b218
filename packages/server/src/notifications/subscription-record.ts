/** A subscription to change notifications: https://learn.microsoft.com/graph/api/resources/subscription */
import { collection } from '../storage/collection.ts';

export interface SubscriptionRecord {
  readonly id: string;
  readonly accountId: string;
  readonly clientId: string;
  /** As sent by the client. */
  readonly resource: string;
  readonly driveId: string;
  /** Key of the folder. */
  readonly item: number;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl?: string | undefined;
  readonly clientState?: string | undefined;
  readonly latestSupportedTlsVersion?: string | undefined;
  /** Whether to notify of permission changes too: `Prefer: includesecuritywebhooks`. */
  readonly security: boolean;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** The drive's sequence number at the last notification. The name is kept for existing data folders. */
  readonly told: number;
  /** Expiry of the token with which the subscription was created, renewed or authorized: milliseconds since the epoch. */
  readonly authorizedUntil?: number | undefined;
  /** The application was notified to reauthorize the subscription and has not done so yet. */
  readonly asked?: boolean | undefined;
}

/** Subscriptions by id. The look-ups are `drive:` (id) and `account:`. */
export const subscriptions = collection<SubscriptionRecord>('subscription', ({ accountId, driveId }) => [
  `drive:${driveId}`,
  `account:${accountId}`,
]);

/** A socket.io channel of a drive, by the secret in its URL. */
export interface ChannelRecord {
  readonly id: string;
  readonly driveId: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

export const channels = collection<ChannelRecord>('socket-channel');
