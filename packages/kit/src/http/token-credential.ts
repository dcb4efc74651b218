/** Who signs requests. The shape is that of `@azure/core-auth`, so a credential of `@azure/identity` fits as it is. */

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
}

/** What a request for a token may say. */
/** No member may be `undefined` by name: `@azure/identity` declares its options so, and its credentials have to fit. */
export interface GetTokenOptions {
  readonly abortSignal?: AbortSignal;
  /** What the API wants proven, as JSON: from the `claims` of its challenge. The name is that of `@azure/core-auth`. */
  readonly claims?: string;
  /** Set after a 401: the token that the service refused, which must not be handed out again. */
  readonly rejectedToken?: string | undefined;
}

/** Gives the tokens that sign requests. */
export interface TokenCredential {
  /**
   * A token that is valid now.
   * @throws OneDriveError `auth-required` when a person has to sign in again.
   */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
}
