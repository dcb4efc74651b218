/** An error answer of Microsoft Graph, kept whole: status, the chain of codes, and the ids a support case needs. */
import type { ErrorCode } from './codes.ts';
import { OneDriveError, type OneDriveErrorOptions } from './onedrive-error.ts';

/** What Graph said beside the message. */
export interface GraphErrorDetails {
  /** HTTP status, 100..599. */
  readonly status: number;
  /** `error.code` and then every nested `innerError.code`, outermost first. */
  readonly codes: readonly string[];
  /** `request-id` of the answer, where there was one. */
  readonly requestId?: string | undefined;
  /** Milliseconds the service asked to wait (Retry-After), where it did. */
  readonly retryAfterMs?: number | undefined;
}

/** Microsoft Graph answered with an error. */
export class GraphError extends OneDriveError {
  readonly status: number;
  readonly codes: readonly string[];
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: GraphErrorDetails,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, { ...options, retryAfterMs: details.retryAfterMs });
    this.name = 'GraphError';
    this.status = details.status;
    this.codes = details.codes;
    this.requestId = details.requestId;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, codes: this.codes, requestId: this.requestId };
  }
}
