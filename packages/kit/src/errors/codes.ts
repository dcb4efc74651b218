/**
 * Every code of a typed error of this project. Callers switch on these, and the command line maps them to
 * exit codes (cli/definition/exit-codes.ts); the text of a message may change, a code does not.
 */
export type ErrorCode =
  | 'usage' // the call or the command line is wrong
  | 'config' // the configuration file cannot be used
  | 'auth-required' // not signed in, or the sign-in is no longer valid
  | 'auth-failed' // the identity service refused
  | 'not-found'
  | 'access-denied'
  | 'conflict' // the name is taken, or another session uses it
  | 'precondition' // eTag mismatch (412)
  | 'invalid-name' // a name or path that OneDrive does not allow
  | 'invalid-request' // the service rejected the request (400)
  | 'not-supported' // this account, API or item does not support it
  | 'quota' // no space left in the drive (507)
  | 'throttled' // 429/503 for longer than the maximum wait
  | 'locked' // 423
  | 'resync' // 410 on delta
  | 'range' // 416
  | 'network' // no response: DNS, connect, reset, timeout
  | 'protocol' // a response that contradicts the documentation (HTML, truncated, empty)
  | 'service' // 5xx
  | 'integrity' // the bytes do not match their hash or size
  | 'local-file' // an error of the local file system
  | 'incomplete' // a transfer omitted items that cannot be transferred
  | 'internal';
