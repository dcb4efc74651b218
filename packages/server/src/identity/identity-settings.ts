/** How the sign-in half of the server behaves, and the defaults. Times are milliseconds unless a line says otherwise. */
import type { ClientRegistration } from './client-registration.ts';

/** How sign-in, consent and tokens behave. Times are milliseconds. */
export interface IdentitySettings {
  /**
   * Every account consents by itself: authorize answers with a code at once (for `login_hint`, else the first account
   * of the tenant) and a device code is approved as it is made. For clients that have no browser. Off: people decide.
   */
  readonly autoConsent: boolean;
  /** Life of an access token; the service says 3599 s of its own. */
  readonly accessTokenLifetime: number;
  /** Life of a refresh token that nobody uses. 90 days: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
  readonly refreshTokenLifetime: number;
  /**
   * How long a refresh token still works after it has been exchanged for a new one. `Infinity`, the default: as long as it
   * lives, for the service revokes none by its use (https://learn.microsoft.com/entra/identity-platform/refresh-tokens),
   * and several clients may share one. Less makes a client prove that it keeps the newest.
   */
  readonly refreshGrace: number;
  /** Life of an authorization code: 10 minutes, https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
  readonly codeLifetime: number;
  /** Life of a device code: 900 s, https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
  readonly deviceCodeLifetime: number;
  /** How long a device waits between polls. */
  readonly devicePollInterval: number;
  /** How long a browser stays signed in. */
  readonly sessionLifetime: number;
  /** The directory that business accounts belong to. */
  readonly tenantId: string;
  /** Names of that directory, besides the domains of its accounts. */
  readonly tenantDomains: readonly string[];
  /** Applications with rules of their own (secret, redirect URIs). */
  readonly clients: readonly ClientRegistration[];
  /** Refuse applications that are not in `clients`. Off: any client id works. */
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
