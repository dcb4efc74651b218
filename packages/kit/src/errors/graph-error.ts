/**
 * An error response of Microsoft Graph with all its details: status, the chain of codes, and the ids for a
 * support case.
 */
import type { ErrorCode } from './codes.ts';
import { OneDriveError, type OneDriveErrorOptions } from './onedrive-error.ts';

/** The details of the response. */
export interface GraphErrorDetails {
  /** HTTP status, 100..599. */
  readonly status: number;
  /** `error.code`, then every nested `innerError.code`. */
  readonly codes: readonly string[];
  /** `request-id` of the response, if present. */
  readonly requestId?: string | undefined;
  /** The wait in milliseconds that the service requested (Retry-After), if any. */
  readonly retryAfterMs?: number | undefined;
}

/** An error response of Microsoft Graph. */
export class GraphError extends OneDriveError {
  declare readonly status: number;
  readonly codes: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    details: GraphErrorDetails,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, { ...options, ...details });
    this.name = 'GraphError';
    this.codes = details.codes;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, codes: this.codes, requestId: this.requestId };
  }
}
