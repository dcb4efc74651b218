/** The bottom of the older layering: one method that sends a request and that a subclass may override. */

import { retry } from '../http/governor/retry.ts';
import { nodeTransport } from '../http/node/node-transport.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import { systemRandom } from '../platform/web/system-random.ts';

/** The options that the older tool passed to its HTTP library, as far as they apply here. */
export interface RequestKeywords {
  /** Seconds of silence, or a pair: seconds to connect and seconds of silence. */
  readonly timeout?: number | readonly [connect: number, read: number];
}

/** See {@link OneDriveHTTPClient.requestAdapterSettings}. */
export interface AdapterSettings {
  /** Maximum number of connections to one host. */
  readonly poolMaxsize?: number;
}

/**
 * Sends requests. All other methods call {@link OneDriveHTTPClient.request}: override it in a subclass to
 * log, to test, or to use another HTTP library.
 */
export class OneDriveHTTPClient {
  /** `request_extra_keywords`. */
  requestExtraKeywords: RequestKeywords | undefined;
  /** `request_adapter_settings`. */
  requestAdapterSettings: AdapterSettings | undefined;
  /** `request_base_headers`: sent with each request. */
  requestBaseHeaders: Readonly<Record<string, string>> | undefined;

  #transport: Transport | undefined;

  /** @param transport sends requests. Default: Node's own HTTP. */
  constructor(transport?: Transport) {
    this.#transport = transport;
  }

  /**
   * Sends one request and returns its response, whatever its status. Does not follow redirects.
   * @throws OneDriveError `network` without a response.
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    this.#transport ??= this.#open();
    const base = Object.entries(this.requestBaseHeaders ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    const headers = { ...(Object.fromEntries(base) as Record<string, string>), ...request.headers };
    return this.#transport({ ...request, headers });
  }

  #open(): Transport {
    const { timeout } = this.requestExtraKeywords ?? {};
    const [connect, read] = typeof timeout === 'number' ? [timeout, timeout] : (timeout ?? []);
    const { poolMaxsize } = this.requestAdapterSettings ?? {};
    const transport = nodeTransport({
      ...(poolMaxsize === undefined ? {} : { maxConnections: poolMaxsize }),
      ...(connect === undefined ? {} : { connectTimeoutMs: connect * 1000 }),
      ...(read === undefined ? {} : { headTimeoutMs: read * 1000, idleTimeoutMs: read * 1000 }),
    });
    return retry({ clock: systemClock, random: systemRandom })(transport);
  }
}
