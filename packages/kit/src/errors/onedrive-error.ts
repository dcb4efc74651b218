/**
 * The base of every error that this project throws on purpose. A message says what happened, to what, and what
 * to do next; `code` is what programs decide on.
 */
import type { ErrorCode } from './codes.ts';
import { type HintSentence, type HintStep, hintSentences, libraryHint } from './hint.ts';

/** What an error may carry beside its code and message. */
export interface OneDriveErrorOptions {
  readonly cause?: unknown;
  /** What the user can do about it, shown below the message. Steps are worded by the program that reports the error. */
  readonly hint?: string | HintStep | readonly HintSentence[];
  /** Milliseconds after which the service accepts the request again, where it said so. */
  readonly retryAfterMs?: number | undefined;
}

/** An error with a stable {@link ErrorCode}. Never carries a token, an upload URL or a download URL. */
export class OneDriveError extends Error {
  readonly code: ErrorCode;
  /** What a developer can do about it. Programs with other words render {@link hintSentences}. */
  readonly hint: string | undefined;
  /** The sentences of the hint; empty if there is none. */
  readonly hintSentences: readonly HintSentence[];
  /** Milliseconds from the moment of the error; `toJSON` has whole seconds as `retryAfter`. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: OneDriveErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OneDriveError';
    this.code = code;
    this.hintSentences = options.hint === undefined ? [] : hintSentences(options.hint);
    this.hint = this.hintSentences.length === 0 ? undefined : libraryHint(this.hintSentences);
    this.retryAfterMs = options.retryAfterMs;
  }

  /** A plain object that is safe to log: no cause, no stack. */
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

/** True for errors of this project, also across two copies of the package. */
export function isOneDriveError(error: unknown): error is OneDriveError {
  return error instanceof Error && 'code' in error && 'toJSON' in error && 'hint' in error;
}
