/** Registrations of applications. */

/** https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** Default: `api://AzureADTokenExchange`. */
  readonly audience?: string;
  /** The issuer's public key as a JWK; the real service downloads it from the issuer. */
  readonly key: Readonly<Record<string, unknown>>;
}

/** The registration of an application at the identity service. */
export interface ClientRegistration {
  /** `client_id` (application id). */
  readonly id: string;
  /** Shown on the consent page. */
  readonly name?: string;
  /** An application with a secret is confidential and must send it. */
  readonly secret?: string;
  /** Compared exactly, except for the port of loopback addresses. */
  readonly redirectUris?: readonly string[];
  /** PEM certificates. Their private keys may sign the application's assertions. */
  readonly certificates?: readonly string[];
  /** Issuers whose tokens the application may use as assertions. */
  readonly federated?: readonly FederatedCredential[];
  /** Milliseconds since the epoch. */
  readonly secretExpires?: number;
  /** Permissions of the application itself. Default: read and write every drive. */
  readonly permissions?: readonly string[];
  /** False: no administrator has consented to `permissions`. Default: true. */
  readonly consented?: boolean;
  /** Only an administrator can consent. */
  readonly adminConsentOnly?: boolean;
  /** A single-page application: its code exchange requires PKCE. */
  readonly singlePage?: boolean;
}
