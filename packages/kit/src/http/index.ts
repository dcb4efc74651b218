/**
 * HTTP as functions: the seam, transports for every runtime, what decorates them, and how answers are read.
 *
 * Decorators compose with the outermost first; each place has its reason:
 *
 * ```ts
 * compose(
 *   nodeTransport(),
 *   userAgent('…'), requestId(random),   // once per request: repetitions share the name
 *   trace({ clock, sink }),              // what was asked and what came of it; put it below retry to see each attempt
 *   retry({ clock, random }),            // every attempt goes through everything below
 *   pace(gate, clock),                   // takes its turn, waits with everybody else when one was throttled
 *   authorize(credential, { … }),        // and a token that is valid now; left out for upload and download links
 *   timeout({ clock, silenceMs }),       // one attempt; the Node transport has timers of its own
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
