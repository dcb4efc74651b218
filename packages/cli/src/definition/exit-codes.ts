/**
 * What a script learns from the exit status. The table is the documentation too: `--help` and docs/guide/exit-codes.md
 * are checked against it. Numbers never change their meaning.
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

/** One line per status, for people. */
export const exitCodeTable: readonly (readonly [status: number, meaning: string])[] = [
  [exitCodes.ok, 'done'],
  [exitCodes.failure, 'something else failed (a bug, or an unexpected response)'],
  [exitCodes.usage, 'the command line is wrong, or a name that OneDrive refuses'],
  [exitCodes.auth, 'not signed in, or the sign-in is no longer valid'],
  [exitCodes.notFound, 'no such object in the drive'],
  [exitCodes.conflict, 'the name is taken, the object is locked, or it changed meanwhile'],
  [exitCodes.throttled, 'throttled for longer than the command waits'],
  [exitCodes.network, 'no response from the service, or a broken one'],
  [exitCodes.integrity, 'bytes do not match their hash or size'],
  [exitCodes.notSupported, 'not supported by this API, account or object'],
  [exitCodes.config, 'the configuration file cannot be used'],
  [exitCodes.quota, 'the drive is full'],
  [exitCodes.localFile, 'a local file or folder cannot be read or written'],
  [exitCodes.denied, 'the account does not have permission'],
  [exitCodes.incomplete, 'items were left out that cannot be transferred; everything else was'],
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
  resync: exitCodes.failure,
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
  const known: Readonly<Record<string, number>> = byErrorCode;
  return known[code] ?? exitCodes.failure;
}
