/**
 * The base class of all errors of this project. A message states what happened, to which item, and what to do
 * next; programs check `code`.
 */
import type { ErrorCode } from './codes.ts';
import { type HintSentence, type HintStep, hintSentences, libraryHint } from './hint.ts';

/** Optional properties of an error. */
export interface OneDriveErrorOptions {
  readonly cause?: unknown;
  /** What the user can do about it, shown below the message. Steps are worded by the program that reports the error. */
  readonly hint?: string | HintStep | readonly HintSentence[];
  /** HTTP status of the response that the error is about, if there was one. */
  readonly status?: number | undefined;
  /** `request-id` of that response, for a support case. */
  readonly requestId?: string | undefined;
  /** Milliseconds after which the service accepts the request again, if it states them. */
  readonly retryAfterMs?: number | undefined;
}

/** An error with a stable {@link ErrorCode}. Never contains a token, an upload URL or a download URL. */
export class OneDriveError extends Error {
  readonly code: ErrorCode;
  /** What a developer can do about it. Programs with other words render {@link hintSentences}. */
  readonly hint: string | undefined;
  /** The sentences of the hint; empty if there is none. */
  readonly hintSentences: readonly HintSentence[];
  /** HTTP status of the response, 100..599, if the service answered. */
  readonly status: number | undefined;
  /** `request-id` of the response, if the service sent one. */
  readonly requestId: string | undefined;
  /** Milliseconds from the time of the error; in `toJSON`, `retryAfter` is in whole seconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: OneDriveErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OneDriveError';
    this.code = code;
    this.hintSentences = options.hint === undefined ? [] : hintSentences(options.hint);
    this.hint = this.hintSentences.length === 0 ? undefined : libraryHint(this.hintSentences);
    this.status = options.status;
    this.requestId = options.requestId;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** A plain object that is safe to log: without cause and stack. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...(this.hint ? { hint: this.hint } : {}),
      ...(this.retryAfterMs === undefined ? {} : { retryAfter: Math.ceil(this.retryAfterMs / 1000) }),
    };
  }
}

/** Returns whether a value is an error of this project, also if it comes from another copy of the package. */
export function isOneDriveError(error: unknown): error is OneDriveError {
  return error instanceof Error && 'code' in error && 'toJSON' in error && 'hint' in error;
}
