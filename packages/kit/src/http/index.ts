/**
 * HTTP as functions: the transport seam, transports for every runtime, decorators, and functions that read
 * responses.
 *
 * Decorators compose with the outermost first. Their order matters:
 *
 * ```ts
 * compose(
 *   nodeTransport(),
 *   userAgent('…'), requestId(random),   // once per request: retries share the id
 *   trace({ clock, sink }),              // requests and their final responses; place it inside retry to see each attempt
 *   retry({ clock, random }),            // every attempt passes through the decorators below
 *   pace(gate, clock),                   // waits in the queue, and during pauses after throttling
 *   authorize(credential, { … }),        // adds a token that is valid now; left out for upload and download URLs
 *   timeout({ clock, silenceMs }),       // for one attempt; the Node transport has its own timeouts
 * );
 * ```
 */
export { type AuthorizeOptions, authorize } from './authorize.ts';
export { bytesBody, emptyBody, formBody, jsonBody, streamBody, textBody } from './bodies.ts';
export { type FetchTransportOptions, fetchTransport } from './fetch-transport.ts';
export { limitRate, type RateAllowance, rateAllowance, type WayAllowances } from './governor/limit-rate.ts';
export { type PaceGate, type PaceGateOptions, type PaceNotice, pace, paceGate } from './governor/pace.ts';
export type { PaceOutcome, Pacing, PacingLimits } from './governor/pacing.ts';
export type { RateLimit } from './governor/rate-limit.ts';
export { type RetryNotice, type RetryOptions, retry } from './governor/retry.ts';
export { retryAfterMs } from './governor/retry-after.ts';
export { isThrottled, type RetryLimits } from './governor/retry-policy.ts';
export { type SharedPause, type SharedPauses, storedPauses } from './governor/shared-pauses.ts';
export {
  type HandlerRequest,
  type HandlerResponse,
  handlerTransport,
  type RequestHandler,
} from './handler-transport.ts';
export { type NetworkFault, networkFault } from './network-error.ts';
export { type Proxy, type ProxyChoice, type ProxyEnvironment, proxyChoice } from './node/proxy-choice.ts';
export { discard, type ReadOptions, readBytes, readJson, readText } from './read.ts';
export { redactedMark, redactHeaders, redactLink, redactText } from './redact.ts';
export { requestId } from './request-id.ts';
export { type SteadyAnswerOptions, steadyAnswer } from './steady-answer.ts';
export { type TimeoutOptions, timeout } from './timeout.ts';
export type { AccessToken, GetTokenOptions, TokenCredential } from './token-credential.ts';
export { type TraceEvent, type TraceOptions, trace } from './trace.ts';
export {
  compose,
  type HeaderMap,
  type HttpBody,
  type HttpRequest,
  type HttpResponse,
  type Transport,
  type TransportDecorator,
} from './transport.ts';
export { userAgent } from './user-agent.ts';
