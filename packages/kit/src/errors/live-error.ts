/** An error answer of the Live v5.0 API, kept whole: status, the service's code, and what stood beside it. */
import type { ErrorCode } from './codes.ts';
import { OneDriveError, type OneDriveErrorOptions } from './onedrive-error.ts';

/** What the Live v5.0 API said beside the message. */
export interface LiveErrorDetails {
  /** HTTP status, 100..599. */
  readonly status: number;
  /** `error.code` of the answer: `resource_not_found`. Undefined where the answer had none. */
  readonly liveCode?: string | undefined;
  /** `BITS-Error-Code` of an upload's answer. */
  readonly bitsCode?: string | undefined;
  /** Milliseconds the service asked to wait (Retry-After), where it did. */
  readonly retryAfterMs?: number | undefined;
}

/** The Live v5.0 API, or its BITS upload endpoint, answered with an error. */
export class LiveError extends OneDriveError {
  readonly status: number;
  readonly liveCode: string | undefined;
  readonly bitsCode: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: LiveErrorDetails,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, { ...options, retryAfterMs: details.retryAfterMs });
    this.name = 'LiveError';
    this.status = details.status;
    this.liveCode = details.liveCode;
    this.bitsCode = details.bitsCode;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, liveCode: this.liveCode, bitsCode: this.bitsCode };
  }
}
