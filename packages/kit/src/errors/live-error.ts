/** An error response of the Live v5.0 API with all its details: status and the service's code. */
import type { ErrorCode } from './codes.ts';
import { OneDriveError, type OneDriveErrorOptions } from './onedrive-error.ts';

/** The details of the response. */
export interface LiveErrorDetails {
  /** HTTP status, 100..599. */
  readonly status: number;
  /** `error.code` of the response: `resource_not_found`. Undefined if it has none. */
  readonly liveCode?: string | undefined;
  /** `BITS-Error-Code` of the response to an upload. */
  readonly bitsCode?: string | undefined;
  /** The wait in milliseconds that the service requested (Retry-After), if any. */
  readonly retryAfterMs?: number | undefined;
}

/** An error response of the Live v5.0 API, or of its BITS upload endpoint. */
export class LiveError extends OneDriveError {
  declare readonly status: number;
  readonly liveCode: string | undefined;
  readonly bitsCode: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: LiveErrorDetails,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, { ...options, ...details });
    this.name = 'LiveError';
    this.liveCode = details.liveCode;
    this.bitsCode = details.bitsCode;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, liveCode: this.liveCode, bitsCode: this.bitsCode };
  }
}
