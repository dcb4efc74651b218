/**
 * Creates a drive from a token in one call: composes the client's transport stack around any base transport.
 * Nothing here needs Node.
 */
import { type CredentialInput, toCredential } from './auth/to-credential.ts';
import { type Drive, openDrive, type SpoolPlace, type TransferJournal } from './drive/index.ts';
import type { GraphClient } from './graph/client.ts';
import type { DriveRef } from './graph/item-ref.ts';
import { myDrive } from './graph/item-ref-forms.ts';
import type { Paged } from './graph/page.ts';
import { type RequestOptions, request, requestPages } from './graph/request.ts';
import type { CollectionPage } from './graph/types/index.ts';
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
  type TraceEvent,
  type Transport,
  type TransportDecorator,
  timeout,
  trace,
  userAgent,
} from './http/index.ts';
import { type Clock, type Random, systemClock, systemRandom } from './platform/index.ts';

/** How to connect to Microsoft Graph. Only the credential is required. */
export interface ConnectOptions {
  /** An access token, a function that returns one, or a credential, such as one of `@azure/identity`. */
  readonly credential: CredentialInput;
  /** Another cloud or an embedded server. Default: `https://graph.microsoft.com/v1.0`. */
  readonly baseUrl?: string | undefined;
  /** Which drive. Default: the signed-in user's own. */
  readonly drive?: DriveRef | undefined;
  /** The scopes to request from the credential. Default: `{origin of baseUrl}/.default`. */
  readonly scopes?: readonly string[] | undefined;
  /** Timeout in milliseconds without a byte. Default: 60 000. */
  readonly silenceMs?: number | undefined;
  /** Limits of retries; `false` sends each request once. */
  readonly retries?: Partial<RetryLimits> | false | undefined;
  /**
   * How many requests run at once; `false` neither limits them nor pauses them when the service throttles.
   */
  readonly pacing?: Partial<PacingLimits> | false | undefined;
  /** Called before each wait for another attempt. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  /** Called before each wait of a queued request, because the service requested a pause. */
  readonly onWait?: ((notice: PaceNotice) => void) | undefined;
  /** Called with requests and responses, without secrets. */
  readonly onTrace?: ((event: TraceEvent) => void) | undefined;
  /**
   * `NONISV|Company|App/1.0`, as Microsoft recommends. Default: that of this library in Node; browsers send their own.
   */
  readonly userAgent?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Where streams of unknown size are buffered. */
  readonly spool?: SpoolPlace | undefined;
  /** Where transfers are recorded, so that they can be resumed by another process. Default: nowhere. */
  readonly journal?: TransferJournal | undefined;
}

/** Sends requests, each once. */
export interface ConnectTransport {
  readonly transport: Transport;
}

/** A connection to Microsoft Graph. */
export interface Connection {
  /** For the functions of `onedrive-kit/graph`. */
  readonly client: GraphClient;
  /** The drive. */
  readonly drive: Drive;
  /** Returns another drive over the same connection. */
  openDrive(ref: DriveRef): Drive;
  /**
   * Sends any request to Microsoft Graph, with retries and typed errors. See `request` of `onedrive-kit/graph`.
   * @example const me = await connection.request<{ displayName: string }>('GET', '/me', { version: 'beta' });
   */
  request<T extends object | undefined = Record<string, unknown>>(
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<T>;
  /** A list behind any endpoint, following its pages. See `requestPages` of `onedrive-kit/graph`. */
  requestPages<T extends object = Record<string, unknown>>(
    path: string,
    options?: Omit<RequestOptions, 'json' | 'body'>,
  ): Paged<T, CollectionPage<T>>;
}

const defaultBaseUrl = 'https://graph.microsoft.com/v1.0';

/** Connects over a custom transport. @throws TypeError if `baseUrl` is not a URL. */
export function connectOver(options: ConnectOptions & ConnectTransport): Connection {
  const { clock = systemClock, random = systemRandom, spool, journal } = options;
  const client = clientOf(options, clock, random);
  const open = (ref: DriveRef) => openDrive(client, ref, { clock, random, spool, journal });
  return {
    client,
    drive: open(options.drive ?? myDrive),
    openDrive: open,
    request: (method, path, requestOptions) => request(client, method, path, requestOptions),
    requestPages: (path, requestOptions) => requestPages(client, path, requestOptions),
  };
}

function clientOf(options: ConnectOptions & ConnectTransport, clock: Clock, random: Random): GraphClient {
  const baseUrl = (options.baseUrl ?? defaultBaseUrl).replace(/\/+$/, '');
  const { origin } = new URL(baseUrl);
  const credential = toCredential(options.credential);
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
