/** Randomness as a parameter: ids, PKCE verifiers and jitter are repeatable in tests. */

export interface Random {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
  /** A number in [0, 1). */
  next(): number;
}
