/**
 * The older tool's errors by their names. Each is an OneDriveError too, so what decides on codes goes on working; what
 * the older `ProtocolError` called `code`, the HTTP status, is `status` here.
 */
import { type ErrorCode, LiveError, OneDriveError, type OneDriveErrorOptions } from '../errors/index.ts';

/** The base of the older tool's errors. */
export class OneDriveInteractionError extends OneDriveError {
  constructor(code: ErrorCode, message: string, options: OneDriveErrorOptions = {}) {
    super(code, message, options);
    this.name = 'OneDriveInteractionError';
  }
}

/** The service answered with an error, or with something that is not what it should be. */
export class ProtocolError extends OneDriveInteractionError {
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    status: number | undefined,
    options: OneDriveErrorOptions = {},
  ) {
    super(code, message, options);
    this.name = 'ProtocolError';
    this.status = status;
  }
}

/** Signing in failed. */
export class AuthenticationError extends OneDriveInteractionError {
  constructor(message: string, code: ErrorCode = 'auth-failed', options: OneDriveErrorOptions = {}) {
    super(code, message, options);
    this.name = 'AuthenticationError';
  }
}

/** Something that signing in needs is missing: a client id, a code, a token. */
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

/** What was asked for cannot be done over this API: BITS always overwrites, for one. */
export class NoAPISupportError extends OneDriveInteractionError {
  constructor(message: string, options: OneDriveErrorOptions = {}) {
    super('not-supported', message, options);
    this.name = 'NoAPISupportError';
  }
}

/** No object of that name: only of `resolvePath`. */
export class DoesNotExists extends OneDriveInteractionError {
  /** Id of the last folder that is there. */
  readonly rootId: string;
  /** The names that are not, from the first missing one on. */
  readonly missing: readonly string[];

  constructor(rootId: string, missing: readonly string[]) {
    super('not-found', `There is no ${JSON.stringify(missing.join('/'))} in ${rootId}.`);
    this.name = 'DoesNotExists';
    this.rootId = rootId;
    this.missing = missing;
  }
}

/** Runs a call into the layers below; what it throws comes out under the older names. */
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
