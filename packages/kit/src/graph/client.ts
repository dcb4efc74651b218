/** What every Graph function is handed: where the API is and how to reach it. A value, not a class. */
import type { Transport } from '../http/transport.ts';

/** Where the API is and how to reach it: a value that every Graph function takes first. */
export interface GraphClient {
  /** Signs requests, retries and paces them. Only for URLs below `baseUrl`. */
  readonly transport: Transport;
  /**
   * Retries and paces but never signs: for upload URLs, download URLs and monitor URLs, which are bearer secrets of
   * their own (a token sent there leaks, and upload URLs answer 401 to it).
   */
  readonly plain: Transport;
  /** For example `https://graph.microsoft.com/v1.0`, without a trailing slash. */
  readonly baseUrl: string;
}
