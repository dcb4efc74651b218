/** What every v5.0 function receives: the addresses and the transports. A value, not a class. */
import type { Transport } from '../http/transport.ts';

/** The addresses of the Live v5.0 API and the transports. */
export interface LiveClient {
  /** Signs, retries and paces requests. Only for URLs below `baseUrl` and `storageUrl`. */
  readonly transport: Transport;
  /** Retries and paces but never signs: for `source` and `Location` URLs, which are secrets themselves. */
  readonly plain: Transport;
  /** For example `https://apis.live.net/v5.0`, without a trailing slash. */
  readonly baseUrl: string;
  /**
   * The base URL of BITS uploads, without a trailing slash. `{user}` stands for the user id:
   * `https://cid-{user}.users.storage.live.com`.
   */
  readonly storageUrl: string;
}

/** The service's own addresses. It was switched off in 2018; a test server may use these names. */
export const liveService: Pick<LiveClient, 'baseUrl' | 'storageUrl'> = {
  baseUrl: 'https://apis.live.net/v5.0',
  storageUrl: 'https://cid-{user}.users.storage.live.com',
};
