/**
 * Maps an error response to an error code of this project. Some statuses are unambiguous; otherwise the most
 * specific known code decides, then the status. Pure. Source: https://learn.microsoft.com/graph/errors and
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/errors
 */
import type { ErrorCode } from '../errors/index.ts';

/** Statuses with one meaning, whatever the body. */
const decisive: Readonly<Record<number, ErrorCode>> = {
  401: 'auth-required',
  404: 'not-found',
  405: 'not-supported',
  412: 'precondition',
  416: 'range',
  423: 'locked',
  429: 'throttled',
  507: 'quota',
};

/** Codes of the service in lower case: Graph's gateway writes PascalCase, OneDrive camelCase. */
const byServiceCode: Readonly<Record<string, ErrorCode>> = {
  accessdenied: 'access-denied',
  activitylimitreached: 'throttled',
  authorization_requestdenied: 'access-denied',
  badrequest: 'invalid-request',
  damagedcontent: 'integrity', // of the embedded server
  entitytagdoesnotmatch: 'precondition',
  fragmentoutoforder: 'range',
  fragmentoverlap: 'range',
  insufficientquota: 'quota',
  invalidauthenticationtoken: 'auth-required',
  invalidrange: 'range',
  invalidrequest: 'invalid-request',
  itemnotfound: 'not-found',
  localdiskerror: 'local-file', // of the embedded server
  malwaredetected: 'access-denied',
  namealreadyexists: 'conflict',
  notallowed: 'access-denied',
  notsupported: 'not-supported',
  quotalimitreached: 'quota',
  resourcelocked: 'locked',
  resourcemodified: 'precondition',
  resyncrequired: 'resync',
  servicenotavailable: 'service',
  throttledrequest: 'throttled',
  toomanyrequests: 'throttled',
  unauthenticated: 'auth-required',
  upload_name_conflict: 'conflict',
  uploadsessionnotfound: 'not-found',
};

const byStatus: Readonly<Record<number, ErrorCode>> = {
  402: 'quota',
  403: 'access-denied',
  406: 'not-supported',
  409: 'conflict',
  410: 'resync',
  413: 'invalid-request',
  501: 'not-supported',
  503: 'throttled',
  509: 'throttled',
};

/** @param codes the service's codes, outermost first. */
export function errorCodeOf(status: number, codes: readonly string[]): ErrorCode {
  const sure = decisive[status];
  if (sure !== undefined) return sure;
  for (const code of codes.toReversed()) {
    const key = code.toLowerCase();
    const known = byServiceCode[key] ?? (key.startsWith('resync') ? 'resync' : undefined);
    if (known !== undefined) return known;
  }
  return byStatus[status] ?? (status >= 500 ? 'service' : status >= 400 ? 'invalid-request' : 'protocol');
}
