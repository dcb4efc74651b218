/** What every v5.0 function is handed: where the API is and how to reach it. A value, not a class. */
import type { Transport } from '../http/transport.ts';

/** Where the Live v5.0 API is and how to reach it. */
export interface LiveClient {
  /** Signs requests, retries and paces them. Only for URLs below `baseUrl` and `storageUrl`. */
  readonly transport: Transport;
  /** Retries and paces but never signs: for `source` and `Location` URLs, which are bearer secrets of their own. */
  readonly plain: Transport;
  /** For example `https://apis.live.net/v5.0`, without a trailing slash. */
  readonly baseUrl: string;
  /**
   * Where BITS uploads of a user go, without a trailing slash. `{user}` stands for the user id:
   * `https://cid-{user}.users.storage.live.com`.
   */
  readonly storageUrl: string;
}

/** The service's own addresses. It was switched off in 2018; a server that stands in for it answers under these names. */
export const liveService: Pick<LiveClient, 'baseUrl' | 'storageUrl'> = {
  baseUrl: 'https://apis.live.net/v5.0',
  storageUrl: 'https://cid-{user}.users.storage.live.com',
};
