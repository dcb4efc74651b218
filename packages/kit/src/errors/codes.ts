/**
 * Every code that a typed error of this project can carry. Callers switch on these, the command line turns them
 * into exit codes (cli/definition/exit-codes.ts); the words of a message may change, a code does not.
 */
export type ErrorCode =
  | 'usage' // the call or the command line is wrong
  | 'config' // the configuration file cannot be used
  | 'auth-required' // not signed in, or the sign-in is no longer valid
  | 'auth-failed' // the identity service refused
  | 'not-found'
  | 'access-denied'
  | 'conflict' // the name is taken, or another session holds it
  | 'precondition' // eTag mismatch (412)
  | 'invalid-name' // a name or path that OneDrive refuses
  | 'invalid-request' // the service called the request wrong (400)
  | 'not-supported' // this account, API or item cannot do that
  | 'quota' // no space left in the drive (507)
  | 'throttled' // 429/503 beyond what retries may wait for
  | 'locked' // 423
  | 'resync' // 410 on delta
  | 'range' // 416
  | 'network' // no answer: DNS, connect, reset, timeout
  | 'protocol' // an answer that is not what the wire's documents say (HTML, truncated, empty)
  | 'service' // 5xx
  | 'integrity' // bytes do not match their hash or size
  | 'local-file' // the local file system refused
  | 'incomplete' // a transfer left out items that cannot be transferred
  | 'internal';
