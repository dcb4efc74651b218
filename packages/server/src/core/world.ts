/** What every route is handed: the records, the bytes, the time, and how this server was configured. */
import type { Clock, Random } from 'onedrive-kit/platform';
import type { Views } from '../files/content/view-counts.ts';
import type { AccessTokenRecord } from '../identity/records.ts';
import type { ChangeFeed } from '../notifications/change-feed.ts';
import type { Deliver } from '../notifications/deliver.ts';
import type { Storage } from '../storage/storage.ts';
import type { Settings } from './settings.ts';

/** What every route is handed. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly settings: Settings;
  /** A signature (URL-safe) over `text`, which only this server can make; it outlives a restart of a directory. */
  readonly sign: (text: string) => string;
  /** SHA-256 of UTF-8 text as base64url: the key under which secrets are kept, and what PKCE's S256 compares. */
  readonly digest: (text: string) => string;
  /** Work that goes on after an answer (a copy). It is awaited when the server closes. */
  readonly background: Background;
  /** Calls to webhooks. */
  readonly deliver: Deliver;
  /** Changes as they happen. */
  readonly feed: ChangeFeed;
  /** How often files were fetched. */
  readonly views: Views;
  /** The generation of download URLs; incremented when a fault expires one, so that later responses return another URL. */
  readonly downloadUrls: { generation: number };
  /** Access tokens by digest that end with this process: they need no write. */
  readonly processTokens: Map<string, AccessTokenRecord>;
}

export interface Background {
  /** Starts `task`; a failure is the task's own business. `signal` is aborted when the server closes. */
  start(task: (signal: AbortSignal) => Promise<void>): void;
  close(): Promise<void>;
}
