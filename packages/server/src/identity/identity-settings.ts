/** Settings of sign-in, consent and tokens, and their defaults. Times are in milliseconds unless stated otherwise. */
import type { ClientRegistration } from './client-registration.ts';

/** How sign-in, consent and tokens behave. Times are milliseconds. */
export interface IdentitySettings {
  /**
   * Every account consents automatically: the authorization endpoint returns a code immediately (for `login_hint`, else the
   * first account of the tenant), and a device code is approved when it is created. For clients that have no browser.
   * Default: false, users decide.
   */
  readonly autoConsent: boolean;
  /** Lifetime of an access token. Default: 3599 s, as the service states. */
  readonly accessTokenLifetime: number;
  /**
   * Lifetime of an unused refresh token. Default: 90 days,
   * https://learn.microsoft.com/entra/identity-platform/refresh-tokens
   */
  readonly refreshTokenLifetime: number;
  /**
   * How long a refresh token remains valid after it was exchanged for a new one. Default: `Infinity`, its whole lifetime,
   * because the service does not revoke a used token (https://learn.microsoft.com/entra/identity-platform/refresh-tokens)
   * and several clients may share one. A shorter time tests that a client stores the newest token.
   */
  readonly refreshGrace: number;
  /**
   * Lifetime of an authorization code. Default: 10 minutes,
   * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
   */
  readonly codeLifetime: number;
  /** Lifetime of a device code. Default: 900 s, https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
  readonly deviceCodeLifetime: number;
  /** The interval between polls of a device. */
  readonly devicePollInterval: number;
  /** Lifetime of a browser session. */
  readonly sessionLifetime: number;
  /** The tenant id (directory) of business accounts. */
  readonly tenantId: string;
  /** Domain names of that directory, in addition to the domains of its accounts. */
  readonly tenantDomains: readonly string[];
  /** Registered applications, with secret and redirect URIs. */
  readonly clients: readonly ClientRegistration[];
  /** Refuses applications that are not registered. Default: false, any client id is accepted. */
  readonly registeredClientsOnly: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const defaultIdentitySettings: IdentitySettings = {
  autoConsent: false,
  accessTokenLifetime: 3599_000,
  refreshTokenLifetime: 90 * DAY,
  refreshGrace: Infinity,
  codeLifetime: 10 * MINUTE,
  deviceCodeLifetime: 15 * MINUTE,
  devicePollInterval: 5_000,
  sessionLifetime: DAY,
  tenantId: '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b',
  tenantDomains: ['contoso.onmicrosoft.com', 'contoso.com'],
  clients: [],
  registeredClientsOnly: false,
};
