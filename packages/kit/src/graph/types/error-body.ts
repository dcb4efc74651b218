/** Error responses. */

/**
 * `innerError` from Graph, `innererror` from OneDrive itself; they can be nested.
 * https://learn.microsoft.com/graph/errors
 */
export interface InnerError {
  readonly code?: string;
  readonly message?: string;
  readonly date?: string;
  readonly 'request-id'?: string;
  readonly 'client-request-id'?: string;
  readonly innerError?: InnerError;
  readonly innererror?: InnerError;
}

/** The body of every error of Microsoft Graph. https://learn.microsoft.com/graph/errors */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message?: string;
    readonly localizedMessage?: string;
    readonly target?: string;
    readonly innerError?: InnerError;
    readonly innererror?: InnerError;
  };
}
