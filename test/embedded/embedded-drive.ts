/** An embedded OneDrive in memory and a drive on it: requests go straight into the server's handler. */
import {
  type Drive,
  type DriveProvider,
  type DriveWorld,
  graphProvider,
  openDrive,
} from '../../packages/kit/src/drive/index.ts';
import type { GraphClient } from '../../packages/kit/src/graph/client.ts';
import { myDrive } from '../../packages/kit/src/graph/item-ref-forms.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { Transport, TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import { type Clock, seededRandom } from '../../packages/kit/src/platform/index.ts';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';
import { judgedRequests } from '../contract-openapi/judged-requests.ts';

export interface EmbeddedDrive {
  readonly server: EmbeddedOneDrive;
  readonly client: GraphClient;
  readonly provider: DriveProvider;
  readonly world: DriveWorld;
  readonly drive: Drive;
  /** Every request, `METHOD path`, in order. */
  readonly asked: string[];
}

export interface EmbeddedDriveOptions extends OneDriveOptions {
  /** Between the client and the server, signed and plain requests alike: where a test breaks things. */
  readonly between?: TransportDecorator;
  readonly spool?: DriveWorld['spool'];
  readonly journal?: DriveWorld['journal'];
}

/** Time passes instantly: a wait in a test ends when everything that is ready has run. */
function hastyClock(): Clock {
  let time = Date.parse('2026-11-23T10:00:00Z');
  return {
    now: () => time,
    async sleep(ms, { signal } = {}) {
      for (let turn = 0; turn < 20; turn++) {
        signal?.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
      }
      time += ms;
    },
  };
}

/** Starts one. */
export async function embeddedDrive({
  between,
  spool,
  journal,
  ...options
}: EmbeddedDriveOptions = {}): Promise<EmbeddedDrive> {
  const clock = hastyClock();
  const random = seededRandom(1);
  const server = await createOneDrive({ clock, random, ...options });
  const asked: string[] = [];
  const heard: Transport = (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    return handlerTransport(server.handler)(request);
  };
  const judged = judgedRequests()(heard);
  const plain = between === undefined ? judged : between(judged);
  const authorization = `Bearer ${server.token()}`;
  const transport: Transport = (request) =>
    plain({ ...request, headers: { ...request.headers, authorization } });
  const client = { transport, plain, baseUrl: 'https://graph.microsoft.com/v1.0' };
  const world = { clock, random, spool, journal };
  const provider = graphProvider(client, myDrive);
  return { server, client, provider, world, drive: openDrive(client, myDrive, world), asked };
}
