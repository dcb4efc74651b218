/** One process of a schedule: a drive with a memory of its own, over the disk and the server that all share. */
import { type Drive, type DriveProvider, driveOn, graphProvider } from '../../src/drive/index.ts';
import { myDrive } from '../../src/graph/item-ref-forms.ts';
import { pace, paceGate } from '../../src/http/governor/pace.ts';
import { retry } from '../../src/http/governor/retry.ts';
import { handlerTransport } from '../../src/http/handler-transport.ts';
import { compose } from '../../src/http/index.ts';
import { timeout } from '../../src/http/timeout.ts';
import type { Transport } from '../../src/http/transport.ts';
import { type FileSystem, type ManualClock, memoryLock, seededRandom } from '../../src/platform/index.ts';
import { fileStore } from '../../src/platform/node/index.ts';
import type { EmbeddedOneDrive } from '../../src/server/index.ts';

/** A process: its own lock, its own gate, the shared disk and server. */
export interface Process {
  readonly drive: Drive;
  readonly provider: DriveProvider;
}

/** @param wire straight to the server unless told. */
export function processOn(
  server: EmbeddedOneDrive,
  clock: ManualClock,
  fileSystem: FileSystem,
  wire: Transport = handlerTransport(server.handler),
): Process {
  const random = seededRandom(7);
  const gate = paceGate({ clock });
  const around = [retry({ clock, random }), pace(gate, clock), timeout({ clock, silenceMs: 60_000 })];
  const plain = compose(wire, ...around);
  const transport: Transport = (request) =>
    plain({ ...request, headers: { ...request.headers, authorization: `Bearer ${server.token()}` } });
  const client = { transport, plain, baseUrl: 'https://graph.microsoft.com/v1.0' };
  const lock = memoryLock();
  const journal = { store: fileStore(fileSystem, '/state', { lock }), lock, fileSystem, scope: 'me' };
  // Small limits, so that a few kilobytes have many fragments.
  const graph = graphProvider(client, myDrive);
  const capabilities = { ...graph.capabilities, putLimit: 1000, fragmentUnit: 100, fragmentLimit: 2500 };
  const provider = { ...graph, capabilities };
  return { provider, drive: driveOn(provider, { clock, random, journal }) };
}
