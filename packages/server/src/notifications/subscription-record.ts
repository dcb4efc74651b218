/** A wish to be told of changes: https://learn.microsoft.com/graph/api/resources/subscription */
import { collection } from '../storage/collection.ts';

export interface SubscriptionRecord {
  readonly id: string;
  readonly accountId: string;
  readonly clientId: string;
  /** As the client wrote it. */
  readonly resource: string;
  readonly driveId: string;
  /** Key of the folder. */
  readonly item: number;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl?: string | undefined;
  readonly clientState?: string | undefined;
  readonly latestSupportedTlsVersion?: string | undefined;
  /** Also tell of permission changes: `Prefer: includesecuritywebhooks`. */
  readonly security: boolean;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** The last sequence of the drive that was told. */
  readonly told: number;
  /** When the token that it was made, renewed or authorized with ends: milliseconds since the epoch. */
  readonly authorizedUntil?: number | undefined;
  /** The application was asked to authorize it again, and did not yet. */
  readonly asked?: boolean | undefined;
}

/** Subscriptions by id. */
export const subscriptions = collection<SubscriptionRecord>('subscription');

/** A socket.io channel of a drive, by the secret in its URL. */
export interface ChannelRecord {
  readonly id: string;
  readonly driveId: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

export const channels = collection<ChannelRecord>('socket-channel');
