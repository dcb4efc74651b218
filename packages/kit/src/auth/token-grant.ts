/** The result of every grant. */

export interface TokenGrant {
  readonly accessToken: string;
  /** If absent, the previous one stays valid, or none was requested (`offline_access`). */
  readonly refreshToken: string | undefined;
  /**
   * Seconds from the time of the response. The service's clock is not used, so a wrong clock here does no
   * harm.
   */
  readonly expiresIn: number;
  /** Granted scopes, if the service returned them. */
  readonly scopes: readonly string[] | undefined;
  /** Who signed in, if there was an id token. */
  readonly account: SignedInAccount | undefined;
}

/** The user, from the id token. */
export interface SignedInAccount {
  /** The address by which users know the account. */
  readonly username: string | undefined;
  readonly name: string | undefined;
  /** 9188040d-6c67-4c5b-b112-36a304b66dad for personal accounts. */
  readonly tenantId: string | undefined;
}
