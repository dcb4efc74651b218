/**
 * From a credential and a transport to a client: wraps the transport in what every caller wants, in the order that
 * works. Retry is outside pace and authorize, so that every attempt takes its turn and gets a token that is valid then.
 */
import type { GraphClient } from './graph/client.ts';
import {
  authorize,
  compose,
  pace,
  paceGate,
  type RetryNotice,
  requestId,
  retry,
  type TokenCredential,
  type TraceEvent,
  type Transport,
  trace,
} from './http/index.ts';
import { type Clock, type Random, systemClock, systemRandom } from './platform/index.ts';

/** Who signs, how requests travel, and who is told about them. */
export interface ConnectOptions {
  readonly credential: TokenCredential;
  /** `nodeTransport()`, `fetchTransport()`, or `handlerTransport(oneDrive.handler)` for an embedded OneDrive. */
  readonly transport: Transport;
  /** Default `https://graph.microsoft.com/v1.0`; no slash at the end. */
  readonly baseUrl?: string;
  /** What tokens are asked for. Default `{origin of baseUrl}/.default`: what the application was granted. */
  readonly scopes?: string | readonly string[];
  readonly clock?: Clock;
  readonly random?: Random;
  /** Told of every request and answer, with secrets blanked. */
  readonly onTrace?: (event: TraceEvent) => void;
  /** Told before each pause of a repetition. */
  readonly onRetry?: (notice: RetryNotice) => void;
}

/**
 * A client of Microsoft Graph that signs, paces, retries and traces. Hand it to `openDrive` or to the functions of
 * `onedrive-kit/graph`. All requests of one client share one pacing gate: when one is throttled, all wait.
 */
export function connect(options: ConnectOptions): GraphClient {
  const { credential, transport, clock = systemClock, random = systemRandom, onTrace, onRetry } = options;
  const baseUrl = options.baseUrl ?? 'https://graph.microsoft.com/v1.0';
  const { origin } = new URL(baseUrl);
  const scopes = options.scopes ?? `${origin}/.default`;
  const outer = [
    requestId(random),
    ...(onTrace ? [trace({ clock, sink: onTrace })] : []),
    retry({ clock, random, onRetry }),
    pace(paceGate({ clock }), clock),
  ];
  return {
    baseUrl,
    plain: compose(transport, ...outer),
    transport: compose(transport, ...outer, authorize(credential, { origin, scopes })),
  };
}
