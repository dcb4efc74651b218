/**
 * The faults that a plan can inject, as data. They are those that clients of the live service meet: throttling, broken
 * connections, wrong lengths, wrong bytes, responses that are lost after the server has acted.
 */

/** One fault of a request. Byte positions are counted from the start of the body. */
export type Fault =
  /** Returns this status without calling the server. `body`: the documented error body (default), an HTML page or nothing. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      /** Seconds, also fractions, or an HTTP date; sent as is. */
      readonly retryAfter?: number | string;
      readonly body?: 'error' | 'html' | 'empty';
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Waits `ms` milliseconds before the server acts. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Limits the rate of the response body. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** Breaks the connection after `at` bytes of the response body. Default: before the server acts. */
  | { readonly kind: 'reset'; readonly at?: number }
  /** Breaks the connection after `at` bytes of the request body were read; the server stores none of them. */
  | { readonly kind: 'reset-request'; readonly at: number }
  /** Ends the response body after `at` bytes; `length: 'right'` also adjusts Content-Length, so that only a hash reveals it. */
  | { readonly kind: 'truncate'; readonly at: number; readonly length: 'right' | 'wrong' }
  /** Inverts the byte at `at` of the response body. */
  | { readonly kind: 'corrupt'; readonly at: number }
  /** Inverts the byte at `at` of the request body before the server reads it. */
  | { readonly kind: 'corrupt-request'; readonly at: number }
  /** Sends `at` bytes of the response body and then nothing until the client gives up. */
  | { readonly kind: 'stall'; readonly at: number }
  /** The server acts, but the connection breaks before the response. */
  | { readonly kind: 'lose-answer' }
  /** The server acts and returns the same status with an empty body. */
  | { readonly kind: 'empty-answer' }
  /** Expires the access token, upload session or download URL of the request before the server acts. */
  | { readonly kind: 'expire'; readonly what: 'token' | 'session' | 'download-url' }
  /** The upload session loses the received bytes from `from` on. */
  | { readonly kind: 'forget'; readonly from: number }
  /** Returns 410 on delta, with this inner code. Source: https://learn.microsoft.com/graph/api/driveitem-delta */
  | {
      readonly kind: 'resync';
      readonly inner: 'resyncChangesApplyDifferences' | 'resyncChangesUploadDifferences';
    };

/** The requests that a rule matches; omitted properties match all. */
export interface FaultMatch {
  readonly method?: string;
  /** Path as sent; `*` matches any sequence of characters: `/v1.0/*\/createUploadSession`. */
  readonly path?: string;
  /** Text in the decoded path or query, such as an item's name or id. */
  readonly item?: string;
}

/** One fault and the requests to which it applies. */
export interface FaultRule {
  readonly match?: FaultMatch;
  /** Matching requests, counted from 1: one number, a list, a range or every n-th. Default: all. */
  readonly nth?:
    | number
    | readonly number[]
    | { readonly from: number; readonly to?: number }
    | { readonly every: number };
  /** Probability in [0, 1], drawn from the plan's seed. Default: 1. */
  readonly chance?: number;
  /** How often the rule applies at most. Default: no limit. */
  readonly times?: number;
  readonly fault: Fault;
}

/** Rules in order, and the seed of their random numbers. */
export interface FaultPlan {
  readonly seed?: number;
  readonly rules: readonly FaultRule[];
}
