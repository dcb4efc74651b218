/** An embedded OneDrive in memory and its drive by the Live v5.0 wire: requests go straight into the server's handler. */
import {
  type Drive,
  type DriveProvider,
  type DriveWorld,
  driveOn,
} from '../../packages/kit/src/drive/index.ts';
import {
  type LiveProviderOptions,
  liveProvider,
} from '../../packages/kit/src/drive/provider/live-provider.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { HttpRequest, Transport, TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import type { LiveClient } from '../../packages/kit/src/live/index.ts';
import { seededRandom } from '../../packages/kit/src/platform/index.ts';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';

export interface EmbeddedLive {
  readonly server: EmbeddedOneDrive;
  readonly client: LiveClient;
  readonly provider: DriveProvider;
  readonly world: DriveWorld;
  readonly drive: Drive;
  /** Every request, in order. */
  readonly asked: HttpRequest[];
}

export interface EmbeddedLiveOptions extends OneDriveOptions {
  /** Between the client and the server: where a test breaks things. */
  readonly between?: TransportDecorator;
  readonly live?: LiveProviderOptions;
}

/** Starts one. The clock stands still but for those who sleep: they wake at once, later. */
export async function embeddedLive({
  between,
  live,
  ...options
}: EmbeddedLiveOptions = {}): Promise<EmbeddedLive> {
  let time = Date.parse('2026-11-23T10:00:00Z');
  const clock = {
    now: () => time,
    async sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) {
      signal?.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
      time += ms;
    },
  };
  const random = seededRandom(1);
  const server = await createOneDrive({ clock, random, ...options });
  const asked: HttpRequest[] = [];
  const heard: Transport = (request) => {
    asked.push(request);
    return handlerTransport(server.handler)(request);
  };
  const plain = between === undefined ? heard : between(heard);
  const authorization = `Bearer ${server.token()}`;
  const transport: Transport = (request) =>
    plain({ ...request, headers: { ...request.headers, authorization } });
  const client = {
    transport,
    plain,
    baseUrl: 'https://apis.live.net/v5.0',
    storageUrl: 'https://cid-{user}.users.storage.live.com',
  };
  const world = { clock, random };
  const provider = liveProvider(client, random, live);
  return { server, client, provider, world, drive: driveOn(provider, world), asked };
}
