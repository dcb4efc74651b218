/**
 * The control API below `/_control`, for tests and for the web page. It is specific to this project and needs no token;
 * it is reachable only on the interface on which the server listens. Default: loopback.
 */

import { isObject, readJsonObject } from '../../core/body.ts';
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
import { type QuirkName, quirks, readQuirks } from '../quirks/quirks.ts';
import { toHar } from '../request-log/har.ts';
import type { Seed } from '../seed/seed.ts';
import type { BudgetRules } from '../throttle/budget.ts';
import type { Control } from './control.ts';
import { deleteSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from './snapshots.ts';
import { answerToken } from './token-route.ts';

const source = 'docs/guide/embedded-server.md';

/** Actions that need the whole server. */
export interface ControlActions {
  readonly version: string;
  /** Accept host names other than those of this machine. */
  readonly anyHost: boolean;
  reset(): Promise<void>;
  /** Adds accounts and sites. */
  seed(seed: Seed): Promise<void>;
  /** Issues an access token without a sign-in. */
  token(options: IssueOptions): string;
  /** Replaces the enabled quirks. */
  setQuirks(names: readonly QuirkName[]): void;
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
      refuseForeignRequests(context, actions.anyHost);
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
    ...quirkRoutes(actions, route),
    route('GET', 'recycle-bin', async ({ world, query }) =>
      plain({ value: recycleBin(world, query.get('drive')) }),
    ),
    route('POST', 'token', async ({ request, world }) =>
      answerToken(request, world, (options) => actions.token(options)),
    ),
    route('POST', 'seed', async ({ request }) => {
      const { readSeed } = await import('../seed/read-seed.ts');
      const data = await readJsonObject(request);
      await asInvalidRequest(async () => actions.seed(await readSeed(data)));
      return done;
    }),
    route('POST', 'reset', async ({ request, world }) => {
      requireConfirmation(world, await readJsonObject(request), resetDeletes);
      await actions.reset();
      control.requests.clear();
      control.throttle.spent.clear();
      return done;
    }),
  ];
}

const resetDeletes =
  'a reset deletes every file in them, with versions and recycle bins. Send {"files": true} to delete them.';
const restoringDeletes =
  'restoring a snapshot deletes every file that was added since, with versions and recycle bins. Send {"files": true} to delete them.';

/** @throws ServiceError 409 if the request deletes files on disk and does not confirm it. */
function requireConfirmation(
  { storage }: World,
  body: Readonly<Record<string, unknown>>,
  consequence: string,
): void {
  if (!storage.onDisk || body['files'] === true) return;
  throw new ServiceError(409, 'invalidRequest', `This server stores its drives on disk, and ${consequence}`);
}

type MakeRoute = (
  method: string,
  pattern: string,
  handle: (context: RouteContext) => Promise<ServerResponse>,
) => Route;

function logRoutes({ requests }: Control, actions: ControlActions, route: MakeRoute): readonly Route[] {
  const entriesAfter = ({ query }: RouteContext) => requests.entries(Number(query.get('after') ?? 0) || 0);
  return [
    route('GET', 'requests', async (context) => lines(entriesAfter(context))),
    route('GET', 'requests.har', async (context) => plain(toHar(entriesAfter(context), actions.version))),
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
    route('POST', 'snapshots/{name}/restore', async ({ request, world, params }) => {
      requireConfirmation(world, await readJsonObject(request), restoringDeletes);
      restoreSnapshot(world.storage, params['name'] ?? '');
      return done;
    }),
  ];
}

function quirkRoutes(actions: ControlActions, route: MakeRoute): readonly Route[] {
  return [
    route('GET', 'quirks', async ({ world }) => {
      const { quirks: enabled } = world.settings;
      const value = Object.entries(quirks).map(([name, { does }]) => ({
        name,
        does,
        enabled: enabled.some((one) => one === name),
      }));
      return plain({ value });
    }),
    route('PUT', 'quirks', async ({ request }) => {
      const { enabled } = await readJsonObject(request);
      if (!Array.isArray(enabled)) throw invalidRequest('Expected {"enabled": [names of quirks]}.');
      const names = await asInvalidRequest(async () => readQuirks(enabled.map(String).join(',')));
      actions.setQuirks(names);
      return done;
    }),
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
      throttle.rules = readBudgets(await readJsonObject(request));
      throttle.spent.clear();
      return done;
    }),
    route('DELETE', 'throttle', async () => {
      throttle.rules = undefined;
      return done;
    }),
  ];
}

/** One budget, or several as `windows`. @throws ServiceError 400. */
function readBudgets(body: Readonly<Record<string, unknown>>): readonly BudgetRules[] {
  const { windows = [body] } = body;
  const budgets: readonly unknown[] = Array.isArray(windows) ? windows : [];
  if (budgets.length === 0) throw invalidBudget();
  return budgets.map((budget) => {
    const { units, window = 60_000, scope = 'application' } = isObject(budget) ? budget : {};
    if (typeof units !== 'number' || typeof window !== 'number' || !(units > 0) || !(window > 0))
      throw invalidBudget();
    if (scope !== 'application' && scope !== 'tenant') throw invalidBudget();
    return { units, window, scope };
  });
}

const invalidBudget = () =>
  invalidRequest(
    'Expected {"units": resource units, "window": milliseconds, "scope": "application" or "tenant"}, or several of them as {"windows": […]}.',
  );

/** `{"stop": true}`, `{"advance": ms}`, `{"start": true}`; applied in this order if several are given. */
function moveClock({ clock }: Control, body: Readonly<Record<string, unknown>>): void {
  const { advance, stop, start } = body;
  if (stop === true) clock.stop();
  if (advance !== undefined) {
    if (typeof advance !== 'number' || !(advance >= 0))
      throw invalidRequest('"advance" must be a number of milliseconds, at least 0.');
    clock.advance(advance);
  }
  if (start === true) clock.start();
}

/** Validates a fault plan. Loads zod on first use. */
async function checkedPlan(data: unknown): Promise<FaultPlan> {
  const { readFaultPlan } = await import('../faults/read-fault-plan.ts');
  return asInvalidRequest(async () => readFaultPlan(data));
}

/** Runs `read`; converts its errors to `ServiceError` 400. */
async function asInvalidRequest<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw invalidRequest(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Refuses requests from pages of other sites, which must not control a developer's server: a browser sends the origin
 * of such a request, and after DNS rebinding the host is not a name of this machine.
 */
function refuseForeignRequests({ request, world }: RouteContext, anyHost: boolean): void {
  requireNear(request, world, { from: 'server', what: 'The control API' });
  if (!anyHost && !isOwnName(request))
    throw new ServiceError(
      403,
      'accessDenied',
      'The control API accepts only host names of this machine. To allow another name, start the server with --allow-host NAME (allowHosts in code).',
    );
}

/** A listener has already checked the host name of the connection; without a listener only the URL can be checked. */
function isOwnName({ arrival, url }: ServerRequest): boolean {
  if (arrival === undefined) return isLoopbackName(url.hostname.replace(/^\[|\]$/g, ''));
  return arrival.name === 'machine' && !arrival.forwardedFromUnknown;
}

/** The items in a drive's recycle bin, last deleted first. Graph v1.0 has no endpoint to list them. */
function recycleBin(world: World, id: string | null) {
  return world.storage.read((records) => {
    const drive = drives.get(records, driveKey(id ?? ''));
    if (drive === undefined) throw itemNotFound('There is no drive with this id.');
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
      .sort((left, right) => right.sequence - left.sequence);
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
