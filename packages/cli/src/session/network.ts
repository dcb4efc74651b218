/**
 * Composes the transport stack: the transport of Node or of the embedded server, and its decorators in the order of
 * docs/architecture.md: retry ∘ pace ∘ authorize ∘ trace, so that a trace shows every attempt. The transport has timeouts.
 */
import { transferId } from 'onedrive-kit/drive';
import type { GraphClient } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import {
  authorize,
  compose,
  type HeaderMap,
  limitRate,
  type PaceGate,
  pace,
  paceGate,
  rateAllowance,
  redactLink,
  requestId,
  retry,
  type SharedPauses,
  steadyAnswer,
  storedPauses,
  type TraceEvent,
  type Transport,
  type TransportDecorator,
  trace,
  userAgent,
} from 'onedrive-kit/http';
import { fastLane } from 'onedrive-kit/internal/http/fast-lane/fast-lane';
import { defaultRetryLimits } from 'onedrive-kit/internal/http/governor/retry-policy';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';
import { readOnly } from 'onedrive-kit/internal/http/read-only';
import type { GlobalFlags } from '../definition/flags.ts';
import { printable } from '../output/printable.ts';
import { bandwidthOf } from '../transfer/bandwidth.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';
import { journalOf } from './journal.ts';
import { type WaitNotices, waitNotices } from './wait-notices.ts';

/** The target, credential and transport of a client. */
export interface ClientRoute {
  /** Sends a request once, without retries. */
  readonly transport: Transport;
  readonly credential: TokenCredential;
  readonly baseUrl: string;
  /** Scopes of a token for `baseUrl`. */
  readonly scopes: readonly string[];
  /** Sent with every request; names in lower case. */
  readonly headers?: HeaderMap;
  /** Whether to refuse every change before any request. */
  readonly readOnly?: boolean;
  /** Identifies the account, for state shared by processes. Default: nothing is shared. */
  readonly scope?: string;
  /** Name of the profile, for notices. */
  readonly profile?: string;
}

/** The network transport, with the faults of a test if there are any. */
export function wire(world: World, options: NodeTransportOptions = {}): Transport {
  const graceMs = options.idleTimeoutMs;
  return steadyAnswer({ clock: world.clock, graceMs })(faulty(fastLane(options), world));
}

/** `transport`, with the faults of a test if there are any. */
export function faulty(transport: Transport, world: World): Transport {
  return world.wrapTransport?.(transport) ?? transport;
}

/** A transport for the sign-in service: traced and retried, without authorization. */
export function unsigned(
  transport: Transport,
  flags: GlobalFlags,
  world: World,
  headers: HeaderMap = {},
): Transport {
  const notices = waitNotices('the sign-in service', flags, world);
  return compose(transport, ...outerDecorators(flags, world, headers, notices), ...tracing(flags, world));
}

/** A Graph client whose requests are paced together. */
export function graphClient(route: ClientRoute, flags: GlobalFlags, world: World): GraphClient {
  const { credential, baseUrl, scopes, headers = {} } = route;
  const transport = limited(route, flags, world);
  const notices = waitNotices(serviceName(route), flags, world);
  const gate = gateOf(route, flags, world, notices);
  const outer = outerDecorators(flags, world, headers, notices);
  const paced = [...guard(route), pace(gate, world.clock)];
  const signed = authorize(credential, { origin: baseUrl, scopes });
  return {
    transport: compose(transport, ...outer, ...paced, signed, ...tracing(flags, world)),
    plain: compose(transport, ...outer, ...paced, ...tracing(flags, world, redactLink)),
    baseUrl,
  };
}

/** A client of the Live v5.0 API. The token is sent only to the API and to the upload hosts. */
export function liveClient(
  route: ClientRoute & { readonly storageUrl: string },
  flags: GlobalFlags,
  world: World,
): GraphClient {
  const { credential, baseUrl, storageUrl, scopes, headers = {} } = route;
  const transport = limited(route, flags, world);
  const notices = waitNotices(serviceName(route), flags, world);
  const gate = gateOf(route, flags, world, notices);
  const outer = outerDecorators(flags, world, headers, notices);
  const paced = [...guard(route), pace(gate, world.clock)];
  // The name of an upload host contains the user id, which is not known in advance, so it is matched by pattern.
  const sign: TransportDecorator = (inner) => (request) => {
    const { origin } = new URL(request.url);
    const isTrusted = origin === new URL(baseUrl).origin || isStorage(origin, storageUrl);
    return authorize(credential, { origin: isTrusted ? origin : baseUrl, scopes })(inner)(request);
  };
  return {
    transport: compose(transport, ...outer, ...paced, sign, ...tracing(flags, world)),
    plain: compose(transport, ...outer, ...paced, ...tracing(flags, world, redactLink)),
    baseUrl,
  };
}

/** Whether `origin` matches `https://cid-{user}.users.storage.live.com` for any user id. */
function isStorage(origin: string, pattern: string): boolean {
  const [before = '', after] = pattern.split('{user}');
  if (after === undefined) return origin === new URL(pattern).origin;
  const user = origin.slice(before.length, origin.length - after.length);
  return origin.startsWith(before) && origin.endsWith(after) && /^[0-9a-f]{16}$/i.test(user);
}

/** The transport with the rate limit of `--bwlimit`. */
function limited({ transport }: ClientRoute, { bwlimit }: GlobalFlags, { clock }: World): Transport {
  const { up, down, together } = bandwidthOf(bwlimit ?? 'off');
  const allowance = (rate: number | undefined) =>
    rate === undefined ? undefined : rateAllowance(clock, rate);
  const upward = allowance(up);
  return limitRate({ up: upward, down: together ? upward : allowance(down) })(transport);
}

/** Accounts are throttled as a whole, so all processes with the same address and profile share their pauses. */
function sharedPauses({ scope, profile }: ClientRoute, world: World): SharedPauses | undefined {
  // The embedded drive has no profile, and is not throttled by requests of other processes.
  if (scope === undefined || profile === undefined) return undefined;
  return storedPauses(journalOf(world, scope).store, `pauses/${transferId(scope)}.json`);
}

function guard({ readOnly: refused = false }: ClientRoute): readonly TransportDecorator[] {
  return refused ? [readOnly()] : [];
}

/** The host and the profile, for notices. */
function serviceName({ baseUrl, profile }: ClientRoute): string {
  const { host } = new URL(baseUrl);
  return profile === undefined ? host : `${host} (profile ${profile})`;
}

/** A gate that waits at most as long as a retry, and reports its waits. */
function gateOf(route: ClientRoute, flags: GlobalFlags, world: World, { onWait }: WaitNotices): PaceGate {
  const { clock } = world;
  return paceGate({ clock, shared: sharedPauses(route, world), maxWaitMs: maxWaitOf(flags), onWait });
}

/** Maximum wait of a request before it is sent, in milliseconds: at most `--timeout`. */
function maxWaitOf({ timeout }: GlobalFlags): number {
  const { maxWaitMs } = defaultRetryLimits;
  const timeoutMs = timeout === undefined ? Number.NaN : Number(timeout) * 1000;
  return timeoutMs > 0 ? Math.min(maxWaitMs, timeoutMs) : maxWaitMs;
}

/** The outer decorators. @param headers of every request; they override those that the program adds. */
function outerDecorators(
  flags: GlobalFlags,
  world: World,
  headers: HeaderMap,
  { onRetry }: WaitNotices,
): readonly TransportDecorator[] {
  const { clock, random } = world;
  return [
    withHeaders(headers),
    userAgent(`NONISV|onedrive-kit|onedrive-kit/${version}`),
    requestId(random),
    retry({ clock, random, limits: { maxWaitMs: maxWaitOf(flags) }, onRetry }),
  ];
}

function withHeaders(extra: HeaderMap): TransportDecorator {
  return (inner) => (request) => inner({ ...request, headers: { ...extra, ...request.headers } });
}

/**
 * The innermost decorator, so that every attempt is traced.
 * @param shown returns the printable part of a URL: of a pre-authenticated one only the host.
 */
function tracing(
  flags: GlobalFlags,
  world: World,
  shown: (url: string) => string = (url) => url,
): readonly TransportDecorator[] {
  if (!flags.debug) return [];
  const { stderr } = world.streams;
  // Not awaited: a failed write of a trace must not stop the command.
  const write = (line: string): void => void stderr.write(`${printable(line)}\n`).catch(() => undefined);
  return [trace({ clock: world.clock, sink: (event) => traceLines(event, shown).forEach(write) })];
}

/** `[1] > GET https://…`, `[1] < 200 (12 ms)`, headers below. */
function traceLines(event: TraceEvent, shown: (url: string) => string): readonly string[] {
  const id = `[${event.id}]`;
  switch (event.type) {
    case 'request': {
      const size = event.size === 0 ? '' : ` (${event.size ?? 'unknown'} bytes)`;
      return [`${id} > ${event.method} ${shown(event.url)}${size}`, ...headerLines(id, event.headers)];
    }
    case 'response':
      return [`${id} < ${event.status} (${Math.round(event.ms)} ms)`, ...headerLines(id, event.headers)];
    case 'error':
      return [`${id} ! ${event.message} (${Math.round(event.ms)} ms)`];
  }
}

function headerLines(id: string, headers: HeaderMap): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${id}   ${name}: ${value}`);
}
