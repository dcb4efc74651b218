/** The bottom of the older layering: one method that sends a request, which a subclass may replace. */

import { retry } from '../http/governor/retry.ts';
import { nodeTransport } from '../http/node/node-transport.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import { systemRandom } from '../platform/web/system-random.ts';

/** What the older tool handed to its HTTP library, as far as it means something here. */
export interface RequestKeywords {
  /** Seconds of silence, or the pair of seconds to connect and of silence. */
  readonly timeout?: number | readonly [connect: number, read: number];
}

/** See {@link OneDriveHTTPClient.requestAdapterSettings}. */
export interface AdapterSettings {
  /** Connections at a time to one host. */
  readonly poolMaxsize?: number;
}

/**
 * Sends requests. Everything above goes through {@link OneDriveHTTPClient.request}: override it in a subclass to log,
 * to test, or to use another HTTP library.
 */
export class OneDriveHTTPClient {
  /** `request_extra_keywords`. */
  requestExtraKeywords: RequestKeywords | undefined;
  /** `request_adapter_settings`. */
  requestAdapterSettings: AdapterSettings | undefined;
  /** `request_base_headers`: sent with each request. */
  requestBaseHeaders: Readonly<Record<string, string>> | undefined;

  #transport: Transport | undefined;

  /** @param transport carries requests; Node's own unless told. */
  constructor(transport?: Transport) {
    this.#transport = transport;
  }

  /**
   * Sends one request and gives its answer, whatever its status. Redirects are not followed.
   * @throws OneDriveError `network` when no answer came.
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
