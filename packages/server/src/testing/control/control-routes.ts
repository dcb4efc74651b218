/**
 * The control API below `/_control`: for tests and for the web page. It is this project's own (source: itself), it
 * needs no token, and it answers only on the interface that the server listens on, which is loopback unless told.
 */

import { readJsonObject } from '../../core/body.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import type { Route, RouteContext } from '../../core/route.ts';
import { invalidRequest, itemNotFound, ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { driveKey, drives } from '../../files/drives/drive-record.ts';
import { requireNear } from '../../guard/cross-origin.ts';
import { isLoopbackName } from '../../guard/host-names.ts';
import type { IssueOptions } from '../../identity/access-tokens.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FaultPlan } from '../faults/fault.ts';
import { toHar } from '../request-log/har.ts';
import type { Seed } from '../seed/seed.ts';
import type { Control } from './control.ts';
import { deleteSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from './snapshots.ts';
import { answerToken } from './token-route.ts';

const source = 'docs/guide/embedded-server.md';

/** What only the whole server can do. */
export interface ControlActions {
  readonly version: string;
  /** Answer to names other than those of this machine too. */
  readonly anyHost: boolean;
  reset(): Promise<void>;
  /** Adds accounts and sites. */
  seed(seed: Seed): Promise<void>;
  /** An access token, without a sign-in. */
  token(options: IssueOptions): string;
}

export function controlRoutes(control: Control, actions: ControlActions): readonly Route[] {
  const route = (
    method: string,
    pattern: string,
    handle: (context: RouteContext) => Promise<ServerResponse>,
  ): Route => ({
    method,
    pattern: `/_control/${pattern}`,
    source,
    handle: async (context) => {
      refuseStrangers(context, actions.anyHost);
      return handle(context);
    },
  });
  return [
    route('GET', 'health', async ({ world }) =>
      plain({
        status: 'ok',
        version: actions.version,
        time: isoNow(control),
        storage: world.storage.onDisk ? 'disk' : 'memory',
      }),
    ),
    ...logRoutes(control, actions, route),
    ...switchRoutes(control, route),
    ...snapshotRoutes(route),
    route('GET', 'recycle-bin', async ({ world, query }) =>
      plain({ value: binned(world, query.get('drive')) }),
    ),
    route('POST', 'token', async ({ request, world }) =>
      answerToken(request, world, (wanted) => actions.token(wanted)),
    ),
    route('POST', 'seed', async ({ request }) => {
      const { readSeed } = await import('../seed/read-seed.ts');
      const data = await readJsonObject(request);
      await told(async () => actions.seed(await readSeed(data)));
      return done;
    }),
    route('POST', 'reset', async ({ request, world }) => {
      requireFilesNamed(world, await readJsonObject(request));
      await actions.reset();
      control.requests.clear();
      control.throttle.spent.clear();
      return done;
    }),
  ];
}

/** @throws ServiceError 409 where files on disk would go, and the request does not name them. */
function requireFilesNamed({ storage }: World, body: Readonly<Record<string, unknown>>): void {
  if (!storage.onDisk || body['files'] === true) return;
  throw new ServiceError(
    409,
    'invalidRequest',
    'This server keeps its drives on disk, and a reset deletes every file in them, with versions and recycle bins. Send {"files": true} to delete them.',
  );
}

type MakeRoute = (
  method: string,
  pattern: string,
  handle: (context: RouteContext) => Promise<ServerResponse>,
) => Route;

function logRoutes({ requests }: Control, actions: ControlActions, route: MakeRoute): readonly Route[] {
  const wanted = ({ query }: RouteContext) => requests.entries(Number(query.get('after') ?? 0) || 0);
  return [
    route('GET', 'requests', async (context) => lines(wanted(context))),
    route('GET', 'requests.har', async (context) => plain(toHar(wanted(context), actions.version))),
    route('GET', 'counters', async () => plain(requests.counters())),
    route('DELETE', 'requests', async () => {
      requests.clear();
      return done;
    }),
  ];
}

function snapshotRoutes(route: MakeRoute): readonly Route[] {
  const act = (work: (storage: Storage, name: string) => void) => async (context: RouteContext) => {
    work(context.world.storage, context.params['name'] ?? '');
    return done;
  };
  return [
    route('GET', 'snapshots', async ({ world }) => plain({ value: listSnapshots(world.storage) })),
    route('PUT', 'snapshots/{name}', act(takeSnapshot)),
    route('DELETE', 'snapshots/{name}', act(deleteSnapshot)),
    route('POST', 'snapshots/{name}/restore', act(restoreSnapshot)),
  ];
}

function switchRoutes(control: Control, route: MakeRoute): readonly Route[] {
  const { clock, faults, throttle } = control;
  return [
    route('GET', 'faults', async () => plain({ ...faults.plan, struck: faults.state.struck })),
    route('PUT', 'faults', async ({ request }) => {
      faults.set(await checkedPlan(await readJsonObject(request)));
      return done;
    }),
    route('DELETE', 'faults', async () => {
      faults.set({ rules: [] });
      return done;
    }),
    route('GET', 'clock', async () => plain({ time: isoNow(control), stopped: clock.stopped })),
    route('POST', 'clock', async ({ request }) => {
      moveClock(control, await readJsonObject(request));
      return plain({ time: isoNow(control), stopped: clock.stopped });
    }),
    route('PUT', 'throttle', async ({ request }) => {
      const { units, window = 60_000 } = await readJsonObject(request);
      if (typeof units !== 'number' || typeof window !== 'number' || units <= 0 || window <= 0)
        throw invalidRequest('Expected {"units": resource units, "window": milliseconds}.');
      throttle.rules = { units, window };
      throttle.spent.clear();
      return done;
    }),
    route('DELETE', 'throttle', async () => {
      throttle.rules = undefined;
      return done;
    }),
  ];
}

/** `{"advance": ms}`, `{"stop": true}`, `{"start": true}`, in this order when several are given. */
function moveClock({ clock }: Control, body: Readonly<Record<string, unknown>>): void {
  const { advance, stop, start } = body;
  if (stop === true) clock.stop();
  if (advance !== undefined) {
    if (typeof advance !== 'number' || !(advance >= 0))
      throw invalidRequest('"advance" takes milliseconds from 0 on.');
    clock.advance(advance);
  }
  if (start === true) clock.start();
}

/** zod is loaded when the first plan or seed comes. */
async function checkedPlan(data: unknown): Promise<FaultPlan> {
  const { readFaultPlan } = await import('../faults/read-fault-plan.ts');
  return told(async () => readFaultPlan(data));
}

async function told<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw invalidRequest(error instanceof Error ? error.message : String(error));
  }
}

/**
 * A page of another site must not steer a developer's server: a browser names the origin of such a request, and a
 * name that was rebound to this machine shows in the host, which has to be one of this machine's own.
 */
function refuseStrangers({ request, world }: RouteContext, anyHost: boolean): void {
  requireNear(request, world, { from: 'server', what: 'The control API' });
  if (!anyHost && !isOwnName(request))
    throw new ServiceError(
      403,
      'accessDenied',
      'The control API answers only to the names of this machine. If the name is yours, start the server with --allow-host NAME (allowHosts in code).',
    );
}

/** A listener has judged the name of the connection already; in process only the address can be judged. */
function isOwnName({ arrival, url }: ServerRequest): boolean {
  if (arrival === undefined) return isLoopbackName(url.hostname.replace(/^\[|\]$/g, ''));
  return arrival.name === 'machine' && !arrival.forwardedFromUnknown;
}

/** What lies in a drive's recycle bin, as Graph v1.0 offers no way to list it; the last deleted first. */
function binned(world: World, id: string | null) {
  return world.storage.read((records) => {
    const drive = drives.get(records, driveKey(id ?? ''));
    if (drive === undefined) throw itemNotFound('There is no drive of that id.');
    return records
      .scan(drive.number, { binned: true, limit: 1000 })
      .map(({ id: item, name, size, modified, rank, sequence }) => ({
        id: item,
        name,
        size,
        folder: rank === 0,
        deleted: new Date(modified).toISOString(),
        sequence,
      }))
      .sort((one, other) => other.sequence - one.sequence);
  });
}

const done: ServerResponse = { status: 204, headers: {} };

function plain(value: unknown): ServerResponse {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  };
}

function lines(values: readonly unknown[]): ServerResponse {
  const body = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  return {
    status: 200,
    headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' },
    body,
  };
}

function isoNow({ clock }: Control): string {
  return new Date(clock.now()).toISOString();
}
