/**
 * The older tool's errors by their names. Each is an OneDriveError too, so code that checks `code` still
 * works; the HTTP status, which the older `ProtocolError` called `code`, is `status` here.
 */
import { type ErrorCode, LiveError, OneDriveError, type OneDriveErrorOptions } from '../errors/index.ts';

/** The base of the older tool's errors. */
export class OneDriveInteractionError extends OneDriveError {
  constructor(code: ErrorCode, message: string, options: OneDriveErrorOptions = {}) {
    super(code, message, options);
    this.name = 'OneDriveInteractionError';
  }
}

/** The service returned an error or an unexpected response. */
export class ProtocolError extends OneDriveInteractionError {
  constructor(
    code: ErrorCode,
    message: string,
    status: number | undefined,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, { ...options, status });
    this.name = 'ProtocolError';
  }
}

/** Signing in failed. */
export class AuthenticationError extends OneDriveInteractionError {
  constructor(message: string, code: ErrorCode = 'auth-failed', options: OneDriveErrorOptions = {}) {
    super(code, message, options);
    this.name = 'AuthenticationError';
  }
}

/** A value that is required for signing in is missing: a client id, a code, a token. */
export class AuthMissingError extends AuthenticationError {
  constructor(message: string) {
    super(message, 'auth-required');
    this.name = 'AuthMissingError';
  }
}

/** The service refused a sign-in or a token. */
export class APIAuthError extends AuthenticationError {
  constructor(message: string, options: OneDriveErrorOptions = {}) {
    super(message, 'auth-required', options);
    this.name = 'APIAuthError';
  }
}

/** The request is not supported by this API: BITS always overwrites, for example. */
export class NoAPISupportError extends OneDriveInteractionError {
  constructor(message: string, options: OneDriveErrorOptions = {}) {
    super('not-supported', message, options);
    this.name = 'NoAPISupportError';
  }
}

/** There is no object with that name: thrown only by `resolvePath`. */
export class DoesNotExists extends OneDriveInteractionError {
  /** Id of the last existing folder. */
  readonly rootId: string;
  /** The missing names, starting with the first missing one. */
  readonly missing: readonly string[];

  constructor(rootId: string, missing: readonly string[]) {
    super('not-found', `There is no ${JSON.stringify(missing.join('/'))} in ${rootId}.`);
    this.name = 'DoesNotExists';
    this.rootId = rootId;
    this.missing = missing;
  }
}

/** Runs a call to the layers below and converts their errors to the older classes. */
export async function olderErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw olderError(error);
  }
}

function olderError(error: unknown): unknown {
  if (error instanceof OneDriveInteractionError || !(error instanceof OneDriveError)) return error;
  const options = { cause: error, hint: error.hintSentences };
  if (error.code === 'auth-required') return new APIAuthError(error.message, options);
  if (error.code === 'auth-failed') return new AuthenticationError(error.message, 'auth-failed', options);
  const status = error instanceof LiveError ? error.status : undefined;
  if (error.code === 'not-supported' && status === undefined)
    return new NoAPISupportError(error.message, options);
  return new ProtocolError(error.code, error.message, status, options);
}
