/**
 * The base of every error that this project throws on purpose. A message says what happened, to what, and what
 * to do next; `code` is what programs decide on.
 */
import type { ErrorCode } from './codes.ts';

/** What an error may carry beside its code and message. */
export interface OneDriveErrorOptions {
  readonly cause?: unknown;
  /** What the reader can do about it: one sentence, shown below the message. */
  readonly hint?: string;
}

/** An error with a stable {@link ErrorCode}. Never carries a token, an upload URL or a download URL. */
export class OneDriveError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: OneDriveErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OneDriveError';
    this.code = code;
    this.hint = options.hint;
  }

  /** A plain object that is safe to log: no cause, no stack. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...(this.hint ? { hint: this.hint } : {}),
    };
  }
}

/** True for errors of this project, also across two copies of the package. */
export function isOneDriveError(error: unknown): error is OneDriveError {
  return error instanceof Error && 'code' in error && 'toJSON' in error && 'hint' in error;
}
