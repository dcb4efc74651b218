/** Registrations of applications with rules of their own. */

/** https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** Default: `api://AzureADTokenExchange`. */
  readonly audience?: string;
  /** The issuer's public key as a JWK; the real service fetches it from the issuer. */
  readonly key: Readonly<Record<string, unknown>>;
}

/** An application as the identity service knows it. */
export interface ClientRegistration {
  /** `client_id` (application id). */
  readonly id: string;
  /** Shown on the consent page. */
  readonly name?: string;
  /** With one the client is confidential and must present it. */
  readonly secret?: string;
  /** Exact, but for the port of a loopback one. */
  readonly redirectUris?: readonly string[];
  /** PEM: whose private keys may sign for the application. */
  readonly certificates?: readonly string[];
  /** Issuers whose tokens stand for the application. */
  readonly federated?: readonly FederatedCredential[];
  /** Milliseconds since the epoch. */
  readonly secretExpires?: number;
  /** What the application may do by itself; default: read and write every drive. */
  readonly permissions?: readonly string[];
  /** False: no administrator has consented to `permissions`. Default: one has. */
  readonly consented?: boolean;
  /** People cannot consent, only an administrator. */
  readonly adminConsentOnly?: boolean;
  /** A single-page application: its code exchange needs PKCE. */
  readonly singlePage?: boolean;
}
