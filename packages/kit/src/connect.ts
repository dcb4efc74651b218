/**
 * From a token to a drive in one call: the transport stack composed once, in its one right order, around whatever
 * carries requests. Nothing here needs Node.
 */
import { staticCredential } from './auth/static-credential.ts';
import { type Drive, openDrive, type SpoolPlace, type TransferJournal } from './drive/index.ts';
import type { GraphClient } from './graph/client.ts';
import type { DriveRef } from './graph/item-ref.ts';
import { myDrive } from './graph/item-ref-forms.ts';
import {
  authorize,
  compose,
  type PaceNotice,
  type PacingLimits,
  pace,
  paceGate,
  type RetryLimits,
  type RetryNotice,
  requestId,
  retry,
  steadyAnswer,
  type TokenCredential,
  type TraceEvent,
  type Transport,
  type TransportDecorator,
  timeout,
  trace,
  userAgent,
} from './http/index.ts';
import { type Clock, type Random, systemClock, systemRandom } from './platform/index.ts';

/** How to reach Microsoft Graph. Only the credential has no default. */
export interface ConnectOptions {
  /** An access token, or what gives tokens: one of ours, or one of `@azure/identity`. */
  readonly credential: TokenCredential | string;
  /** `https://graph.microsoft.com/v1.0` unless told: another cloud, or an embedded server. */
  readonly baseUrl?: string | undefined;
  /** Which drive; the signed-in user's own unless told. */
  readonly drive?: DriveRef | undefined;
  /** What the credential is asked for; `{origin of baseUrl}/.default` unless told. */
  readonly scopes?: readonly string[] | undefined;
  /** Milliseconds without a byte after which a request is given up; 60 s unless told. */
  readonly silenceMs?: number | undefined;
  /** Limits of repeating a request; `false` sends each request once. */
  readonly retries?: Partial<RetryLimits> | false | undefined;
  /** How many requests run at once; `false` neither limits them nor holds them back during a pause. */
  readonly pacing?: Partial<PacingLimits> | false | undefined;
  /** Called before each wait for another attempt. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  /** Called before each wait in which requests are held back, because the service asked for a pause. */
  readonly onWait?: ((notice: PaceNotice) => void) | undefined;
  /** Gets what goes over the wire, without secrets. */
  readonly onTrace?: ((event: TraceEvent) => void) | undefined;
  /** `NONISV|Company|App/1.0` as Microsoft wants it; browsers send their own. */
  readonly userAgent?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Where streams of unknown size wait. */
  readonly spool?: SpoolPlace | undefined;
  /** Where transfers are written down, so that they survive the process; nowhere unless told. */
  readonly journal?: TransferJournal | undefined;
}

/** What carries requests, once each. */
export interface ConnectTransport {
  readonly transport: Transport;
}

/** A way to Microsoft Graph. */
export interface Connection {
  /** For the functions of `onedrive-kit/graph`. */
  readonly client: GraphClient;
  /** The drive that was asked for. */
  readonly drive: Drive;
  /** Another drive over the same connection. */
  openDrive(ref: DriveRef): Drive;
}

const defaultBaseUrl = 'https://graph.microsoft.com/v1.0';

/** Connects over a transport of one's own. @throws TypeError when `baseUrl` is no URL. */
export function connectOver(options: ConnectOptions & ConnectTransport): Connection {
  const { clock = systemClock, random = systemRandom, spool, journal } = options;
  const client = clientOf(options, clock, random);
  const open = (ref: DriveRef) => openDrive(client, ref, { clock, random, spool, journal });
  return { client, drive: open(options.drive ?? myDrive), openDrive: open };
}

function clientOf(options: ConnectOptions & ConnectTransport, clock: Clock, random: Random): GraphClient {
  const baseUrl = (options.baseUrl ?? defaultBaseUrl).replace(/\/+$/, '');
  const { origin } = new URL(baseUrl);
  const credential =
    typeof options.credential === 'string' ? staticCredential(options.credential) : options.credential;
  const { retries, pacing, onRetry, onWait } = options;
  const maxWaitMs = retries === false ? undefined : retries?.maxWaitMs;
  const around: TransportDecorator[] = [
    ...(options.userAgent === undefined ? [] : [userAgent(options.userAgent)]),
    requestId(random),
    ...(options.onTrace === undefined ? [] : [trace({ clock, sink: options.onTrace })]),
    ...(retries === false ? [] : [retry({ clock, random, limits: retries, onRetry })]),
    ...(pacing === false ? [] : [pace(paceGate({ clock, limits: pacing, maxWaitMs, onWait }), clock)]),
  ];
  const signed = authorize(credential, { origin, scopes: options.scopes ?? [`${origin}/.default`] });
  const { silenceMs = 60_000 } = options;
  const silence = [timeout({ clock, silenceMs }), steadyAnswer({ clock, graceMs: silenceMs })];
  return {
    transport: compose(options.transport, ...around, signed, ...silence),
    plain: compose(options.transport, ...around, ...silence),
    baseUrl,
  };
}
