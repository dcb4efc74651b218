/**
 * Errors of the Live v5.0 API, and the conversion of errors of the drive rules. Codes and texts: the resources of
 * Microsoft's Live SDK for Android (github.com/liveservices/LiveSDK-for-Android) and its recorded responses; statuses: MSDN
 * dn631844, "Live SDK REST API", "Returned status codes".
 */
import { ServiceError } from '../core/service-error.ts';
import { storageRefusal } from '../core/storage-refusal.ts';

/** An error response. */
export class LiveRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'LiveRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The named errors of Live v5.0. */
export const refusals = {
  methodInvalid: (method: string) =>
    new LiveRefusal(405, 'request_method_invalid', `The provided HTTP method '${method}' is not allowed.`),
  urlInvalid: (path: string) =>
    new LiveRefusal(
      400,
      'request_url_invalid',
      `The URL contains the path '${path}', which isn't supported.`,
    ),
  /** Recorded: https://github.com/xybu/onedrive-d-old, od_onedrive_api.py, of a notebook's content. */
  pathUnsupported: (type: string, path: string) =>
    new LiveRefusal(
      400,
      'request_url_invalid',
      `Resource type '${type}' doesn't support the path '${path}'.`,
    ),
  notFound: (resource: string) =>
    new LiveRefusal(404, 'resource_not_found', `The resource '${resource}' doesn't exist.`),
  alreadyExists: (resource: string) =>
    new LiveRefusal(409, 'resource_already_exists', `The resource '${resource}' already exists.`),
  parameterMissing: (name: string, required = name) =>
    new LiveRefusal(
      400,
      'request_parameter_missing',
      `The request entity body is missing the required parameter: '${name}'. Required parameters include: '${required}'.`,
    ),
  oneParameterMissing: (names: readonly string[]) =>
    new LiveRefusal(
      400,
      'request_parameter_missing',
      `The request entity body must include at least one of these parameters: ${names.map((name) => `'${name}'`).join(', ')}.`,
    ),
  resourceTypeInvalid: (parameter: string, types: readonly string[]) =>
    new LiveRefusal(
      400,
      'request_parameter_invalid',
      `The value of input resource ID parameter '${parameter}' isn't valid. The expected value for this parameter is a resource ID for one of these types: ${types.map((type) => `'${type}'`).join(', ')}.`,
    ),
  parameterInvalid: (name: string, why: string) =>
    new LiveRefusal(
      400,
      'request_parameter_invalid',
      `The value of the parameter '${name}' isn't valid: ${why}.`,
    ),
  bodyInvalid: (why: string) =>
    new LiveRefusal(400, 'request_body_invalid', `The request entity body isn't valid: ${why}.`),
  tooLarge: (limit: number) =>
    new LiveRefusal(
      413,
      'request_entity_too_large',
      `The request entity body is larger than ${limit} bytes.`,
    ),
  tokenMissing: () =>
    new LiveRefusal(
      401,
      'request_token_missing',
      "The request doesn't include an access token.",
      challenge(),
    ),
  tokenInvalid: () =>
    new LiveRefusal(
      401,
      'request_token_invalid',
      'The provided access token is not valid.',
      challenge('error="invalid_token"'),
    ),
  tokenExpired: () =>
    new LiveRefusal(
      401,
      'request_token_expired',
      'The provided access token has expired.',
      challenge('error="expired_token", error_description="Auth token expired. Try refreshing."'),
    ),
  unauthorized: (scopes: readonly string[]) =>
    new LiveRefusal(
      403,
      'request_token_unauthorized',
      `The provided access token does not have access to this resource. An access token with one of the following scopes is required: ${scopes.map((scope) => `'${scope}'`).join(', ')}.`,
    ),
} as const;

/** Recorded: https://github.com/xybu/onedrive-d-old, od_onedrive_api.py. */
function challenge(...why: readonly string[]): Record<string, string> {
  return { 'WWW-Authenticate': ['Bearer realm="OneDriveAPI"', ...why].join(', ') };
}

const codes: Readonly<Record<number, string>> = {
  400: 'request_parameter_invalid',
  401: 'request_token_invalid',
  403: 'request_token_unauthorized',
  404: 'resource_not_found',
  405: 'request_method_invalid',
  409: 'resource_already_exists',
  412: 'resource_modified',
  413: 'request_entity_too_large',
  416: 'request_range_invalid',
  422: 'resource_damaged',
  423: 'resource_locked',
  429: 'request_throttled',
  501: 'request_url_invalid',
  503: 'server_busy',
  507: 'resource_quota_exceeded',
};

/** Converts a thrown error to a v5.0 error; a defect becomes `server_internal_error`. */
export function asLiveRefusal(error: unknown): LiveRefusal {
  if (error instanceof LiveRefusal) return error;
  const serviceError = error instanceof ServiceError ? error : storageRefusal(error);
  if (serviceError !== undefined)
    return new LiveRefusal(
      serviceError.status,
      codes[serviceError.status] ?? 'server_internal_error',
      serviceError.message,
      serviceError.headers,
    );
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new LiveRefusal(
    500,
    'server_internal_error',
    `The embedded server failed. This is a defect of the server. ${what}`,
  );
}
