/** One process of a schedule: a drive with a memory of its own, over the disk and the server that all share. */
import {
  type Drive,
  type DriveProvider,
  driveOn,
  graphProvider,
} from '../../packages/kit/src/drive/index.ts';
import { myDrive } from '../../packages/kit/src/graph/item-ref-forms.ts';
import { authorize } from '../../packages/kit/src/http/authorize.ts';
import { pace, paceGate } from '../../packages/kit/src/http/governor/pace.ts';
import { retry } from '../../packages/kit/src/http/governor/retry.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import { compose } from '../../packages/kit/src/http/index.ts';
import { timeout } from '../../packages/kit/src/http/timeout.ts';
import type { TokenCredential } from '../../packages/kit/src/http/token-credential.ts';
import type { Transport } from '../../packages/kit/src/http/transport.ts';
import {
  type FileSystem,
  type ManualClock,
  memoryLock,
  seededRandom,
} from '../../packages/kit/src/platform/index.ts';
import { fileStore } from '../../packages/kit/src/platform/node/index.ts';
import type { EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { alwaysFresh } from './tokens.ts';

/** A process: its own lock, its own gate, the shared disk and server. */
export interface Process {
  readonly drive: Drive;
  readonly provider: DriveProvider;
}

/** How a process reaches the server: default: directly and with a new token for each request. */
export interface Line {
  readonly wire?: Transport;
  readonly credential?: TokenCredential;
}

export function processOn(
  server: EmbeddedOneDrive,
  clock: ManualClock,
  fileSystem: FileSystem,
  { wire = handlerTransport(server.handler), credential = alwaysFresh(server) }: Line = {},
): Process {
  const random = seededRandom(7);
  const gate = paceGate({ clock });
  const around = [retry({ clock, random }), pace(gate, clock)];
  const silence = timeout({ clock, silenceMs: 60_000 });
  const baseUrl = 'https://graph.microsoft.com/v1.0';
  const signed = authorize(credential, { origin: baseUrl, scopes: [] });
  const client = {
    transport: compose(wire, ...around, signed, silence),
    plain: compose(wire, ...around, silence),
    baseUrl,
  };
  const lock = memoryLock();
  const journal = { store: fileStore(fileSystem, '/state', { lock }), lock, fileSystem, scope: 'me' };
  // Small limits, so that a few kilobytes have many fragments.
  const graph = graphProvider(client, myDrive);
  const capabilities = { ...graph.capabilities, putLimit: 1000, fragmentUnit: 100, fragmentLimit: 2500 };
  const provider = { ...graph, capabilities };
  return { provider, drive: driveOn(provider, { clock, random, journal }) };
}
