/**
 * The faults a plan can order, as data. They are what clients of the live service meet: throttling, broken
 * connections, lying lengths, wrong bytes, answers that get lost after the server has acted.
 */

/** What goes wrong with one request. Bytes count from the start of the body concerned. */
export type Fault =
  /** Answers instead of the server. `body` is the documented error body unless it says html or empty. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      /** Seconds (a fraction is allowed), or a date in HTTP's form; sent as it stands. */
      readonly retryAfter?: number | string;
      readonly body?: 'error' | 'html' | 'empty';
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Waits `ms` milliseconds before the server acts. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Lets the body of the answer flow at this rate. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** Breaks the connection: after `at` bytes of the answer's body, or before anything happened. */
  | { readonly kind: 'reset'; readonly at?: number }
  /** Breaks the connection after `at` bytes of the request's body were read; the server acts on none of them. */
  | { readonly kind: 'reset-request'; readonly at: number }
  /** Ends the answer's body after `at` bytes; `length: 'right'` also corrects Content-Length, so only a hash can tell. */
  | { readonly kind: 'truncate'; readonly at: number; readonly length: 'right' | 'wrong' }
  /** Inverts the byte at `at` of the answer's body. */
  | { readonly kind: 'corrupt'; readonly at: number }
  /** Inverts the byte at `at` of the request's body before the server reads it. */
  | { readonly kind: 'corrupt-request'; readonly at: number }
  /** Sends `at` bytes of the answer's body and then nothing until the client gives up. */
  | { readonly kind: 'stall'; readonly at: number }
  /** The server acts, and the answer never arrives. */
  | { readonly kind: 'lose-answer' }
  /** The server acts, and answers the same status with an empty body. */
  | { readonly kind: 'empty-answer' }
  /** What the request holds is expired first: its access token, its upload session, its download URL. */
  | { readonly kind: 'expire'; readonly what: 'token' | 'session' | 'download-url' }
  /** The upload session forgets what it has from byte `from` on. */
  | { readonly kind: 'forget'; readonly from: number }
  /** 410 on delta, with the inner code of the kind. Source: https://learn.microsoft.com/graph/api/driveitem-delta */
  | {
      readonly kind: 'resync';
      readonly inner: 'resyncChangesApplyDifferences' | 'resyncChangesUploadDifferences';
    };

/** Which requests a rule is about; what is left out matches everything. */
export interface FaultMatch {
  readonly method?: string;
  /** Path as sent, `*` for any run of characters: `/v1.0/*\/createUploadSession`. */
  readonly path?: string;
  /** Text that must occur in the decoded path or query: an item's name, an id. */
  readonly item?: string;
}

/** One fault and the requests that it strikes. */
export interface FaultRule {
  readonly match?: FaultMatch;
  /** Counts matching requests from 1: the third, the second and fifth, from the fourth on, every tenth. Default: every one. */
  readonly nth?:
    | number
    | readonly number[]
    | { readonly from: number; readonly to?: number }
    | { readonly every: number };
  /** Chance in [0, 1], drawn from the plan's seed. Default 1. */
  readonly chance?: number;
  /** How often the rule may strike. Default: for ever. */
  readonly times?: number;
  readonly fault: Fault;
}

/** Rules, in order, and the seed of their chances. */
export interface FaultPlan {
  readonly seed?: number;
  readonly rules: readonly FaultRule[];
}
