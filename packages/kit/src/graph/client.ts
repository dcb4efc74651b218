/** What every Graph function receives: the base URL and the transports. A value, not a class. */
import type { Transport } from '../http/transport.ts';

/** The base URL and the transports: the first parameter of every Graph function. */
export interface GraphClient {
  /** Signs, retries and paces requests. Only for URLs below `baseUrl`. */
  readonly transport: Transport;
  /**
   * Retries and paces but never signs: for upload URLs, download URLs and monitor URLs, which are secrets
   * themselves (a token sent there leaks, and upload URLs respond to it with 401).
   */
  readonly plain: Transport;
  /** For example `https://graph.microsoft.com/v1.0`, without a trailing slash. */
  readonly baseUrl: string;
}
