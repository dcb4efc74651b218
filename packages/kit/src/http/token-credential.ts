/**
 * Credentials sign requests. The interface is that of `@azure/core-auth`, so a credential of
 * `@azure/identity` can be used directly.
 */

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
}

/** Options of a token request. */
/**
 * No member may be explicitly `undefined`: `@azure/identity` declares its options in this way, and its
 * credentials must be assignable.
 */
export interface GetTokenOptions {
  readonly abortSignal?: AbortSignal;
  /**
   * Claims that the API requires, as JSON: from the `claims` of its challenge. The name is that of
   * `@azure/core-auth`.
   */
  readonly claims?: string;
  /** Set after a 401: the token that the service refused, which must not be returned again. */
  readonly rejectedToken?: string | undefined;
}

/** Returns the tokens that sign requests. */
export interface TokenCredential {
  /**
   * Returns a token that is valid now.
   * @throws OneDriveError `auth-required` if the user has to sign in again.
   */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
}
