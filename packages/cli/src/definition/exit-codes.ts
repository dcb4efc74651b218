/**
 * The exit statuses, for scripts. `--help` prints this table, and docs/guide/exit-codes.md is checked against it.
 * The numbers are stable: none ever changes its meaning.
 */
import type { ErrorCode } from 'onedrive-kit/errors';

/** Exit status by kind of outcome. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  auth: 3,
  notFound: 4,
  conflict: 5,
  throttled: 6,
  network: 7,
  integrity: 8,
  notSupported: 9,
  config: 10,
  quota: 11,
  localFile: 12,
  denied: 13,
  incomplete: 14,
  interrupted: 130,
} as const;

/** One line per status. */
export const exitCodeTable: readonly (readonly [status: number, meaning: string])[] = [
  [exitCodes.ok, 'done'],
  [exitCodes.failure, 'any other failure (a bug, or an unexpected response)'],
  [exitCodes.usage, 'invalid command line, or a name that OneDrive does not allow'],
  [exitCodes.auth, 'not signed in, or the sign-in has expired'],
  [exitCodes.notFound, 'no such object in the drive, or an expired delta token'],
  [exitCodes.conflict, 'the name is taken, or the object is locked or was changed meanwhile'],
  [exitCodes.throttled, 'throttled for longer than the command waits'],
  [exitCodes.network, 'no response, or an invalid one, from the service'],
  [exitCodes.integrity, 'the transferred bytes do not match the hash or size'],
  [exitCodes.notSupported, 'not supported by this API, account or object'],
  [exitCodes.config, 'the configuration file cannot be used'],
  [exitCodes.quota, 'the drive is full'],
  [exitCodes.localFile, 'a local file or folder cannot be read or written'],
  [exitCodes.denied, 'the account does not have permission'],
  [exitCodes.incomplete, 'some items cannot be transferred or listed; all others are done'],
  [exitCodes.interrupted, 'stopped by Ctrl-C (143: by SIGTERM)'],
];

const byErrorCode = {
  usage: exitCodes.usage,
  config: exitCodes.config,
  'auth-required': exitCodes.auth,
  'auth-failed': exitCodes.auth,
  'not-found': exitCodes.notFound,
  'access-denied': exitCodes.denied,
  conflict: exitCodes.conflict,
  precondition: exitCodes.conflict,
  'invalid-name': exitCodes.usage,
  'invalid-request': exitCodes.failure,
  'not-supported': exitCodes.notSupported,
  quota: exitCodes.quota,
  throttled: exitCodes.throttled,
  locked: exitCodes.conflict,
  resync: exitCodes.notFound,
  range: exitCodes.usage,
  network: exitCodes.network,
  protocol: exitCodes.network,
  service: exitCodes.network,
  integrity: exitCodes.integrity,
  'local-file': exitCodes.localFile,
  incomplete: exitCodes.incomplete,
  internal: exitCodes.failure,
} as const satisfies Readonly<Record<ErrorCode, number>>;

/** The exit status for an error code; 1 for a code from a newer copy of this package. */
export function exitCodeFor(code: string): number {
  const statuses: Readonly<Record<string, number>> = byErrorCode;
  return statuses[code] ?? exitCodes.failure;
}
