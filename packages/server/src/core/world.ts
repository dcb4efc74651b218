/** The dependencies of every route: records, blobs, clock, and settings. */
import type { Clock, Random } from 'onedrive-kit/platform';
import type { Views } from '../files/content/view-counts.ts';
import type { AccessTokenRecord } from '../identity/records.ts';
import type { SweepState } from '../identity/sweep-state.ts';
import type { ChangeFeed } from '../notifications/change-feed.ts';
import type { Deliver } from '../notifications/deliver.ts';
import type { Storage } from '../storage/storage.ts';
import type { ChangedDrives } from '../storage/track-changes.ts';
import type { Settings } from './settings.ts';

/** The dependencies of every route. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly settings: Settings;
  /**
   * A URL-safe signature of `text` that only this server can create; with a data folder it remains valid after a restart.
   */
  readonly sign: (text: string) => string;
  /** SHA-256 of UTF-8 text as base64url: the key under which secrets are stored, and the value that PKCE's S256 compares. */
  readonly digest: (text: string) => string;
  /** Work that continues after the response (a copy). It is awaited when the server closes. */
  readonly background: Background;
  /** Calls to webhooks. */
  readonly deliver: Deliver;
  /** Change events. */
  readonly feed: ChangeFeed;
  /** The drives that requests to this server changed. */
  readonly changed: ChangedDrives;
  /** The subscription that was checked last: see ../notifications/announce-changes.ts. */
  readonly subscriptionCheck: { after: string };
  /** Download counts of files. */
  readonly views: Views;
  /** The generation of download URLs; incremented when a fault expires them, so that later responses return other URLs. */
  readonly downloadUrls: { generation: number };
  /** Access tokens by digest that are valid until this process ends; they are not stored. */
  readonly processTokens: Map<string, AccessTokenRecord>;
  /** Progress of the removal of expired tokens. */
  readonly tokenSweep: SweepState;
}

export interface Background {
  /** Starts `task`; its failure is ignored. `signal` is aborted when the server closes. */
  start(task: (signal: AbortSignal) => Promise<void>): void;
  close(): Promise<void>;
}
