/**
 * An error that a rule throws and the handler converts to Graph's error body. Codes and statuses:
 * https://learn.microsoft.com/graph/errors and https://learn.microsoft.com/onedrive/developer/rest-api/concepts/errors
 */

export interface ServiceErrorOptions {
  /** Codes of the nested `innerError`s, outermost first. */
  readonly inner?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error response. `message` is shown to the user of the client. */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
    this.code = code;
    this.inner = options.inner ?? [];
    this.headers = options.headers ?? {};
  }
}

/** 400: the request is invalid. */
export const invalidRequest = (message: string, ...inner: string[]): ServiceError =>
  new ServiceError(400, 'invalidRequest', message, { inner });

/** 404. Clients compare this code literally. */
export const itemNotFound = (
  message = 'The resource could not be found.',
  ...inner: string[]
): ServiceError => new ServiceError(404, 'itemNotFound', message, { inner });

/**
 * 404 of the directory: no such user or group. Recorded in pnp/cli-microsoft365,
 * src/m365/entra/commands/user/user-get.spec.ts
 */
export const noSuchObject = (name: string): ServiceError =>
  new ServiceError(
    404,
    'Request_ResourceNotFound',
    `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** 409: the name is taken. */
export const nameAlreadyExists = (message = 'The specified item name already exists.'): ServiceError =>
  new ServiceError(409, 'nameAlreadyExists', message);

/** 412: an eTag or cTag did not match. */
export const resourceModified = (): ServiceError =>
  new ServiceError(412, 'resourceModified', "ETag does not match current item's value", {
    inner: ['entityTagDoesNotMatch'],
  });

/** 403: the caller lacks permission. */
export const accessDenied = (
  message = 'The caller does not have permission to perform the action.',
): ServiceError => new ServiceError(403, 'accessDenied', message);

/** 501, or another status that the documents name: the service, or this server, does not support the operation. */
export const notSupported = (message: string, status = 501): ServiceError =>
  new ServiceError(status, 'notSupported', message);

/** 507: no space left in the drive. */
export const quotaLimitReached = (): ServiceError =>
  new ServiceError(507, 'quotaLimitReached', 'The user has reached their quota limit.');

/** 400 of the gateway: no route matches the URL. */
export const unknownSegment = (segment: string): ServiceError =>
  new ServiceError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
