/** What every grant ends in. */

export interface TokenGrant {
  readonly accessToken: string;
  /** Absent: the one that was used stays good, or none was asked for (`offline_access`). */
  readonly refreshToken: string | undefined;
  /** Seconds from the moment of the answer. The service's clock plays no part, so a wrong clock here does no harm. */
  readonly expiresIn: number;
  /** Scopes that were granted, where the service says. */
  readonly scopes: readonly string[] | undefined;
  /** Who signed in, where an id token came along. */
  readonly account: SignedInAccount | undefined;
}

/** Who signed in, as the id token says. */
export interface SignedInAccount {
  /** The address that people know the account by. */
  readonly username: string | undefined;
  readonly name: string | undefined;
  /** 9188040d-6c67-4c5b-b112-36a304b66dad for personal accounts. */
  readonly tenantId: string | undefined;
}
