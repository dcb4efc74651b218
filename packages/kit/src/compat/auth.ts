/** Signing in, in the layering of the older tool: tokens are fields of the object. */
import {
  exchangeBareCode,
  liveEndpoints,
  liveRefreshGrant,
  liveScopes,
  type OAuthSession,
  type TokenGrant,
} from '../auth/index.ts';
import type { Transport } from '../http/transport.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import { APIAuthError, AuthenticationError, AuthMissingError, olderErrors } from './errors.ts';
import { type AdapterSettings, OneDriveHTTPClient, type RequestKeywords } from './http-client.ts';

/** Options of a client: the keywords of the older constructor. */
export interface OneDriveConfig {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly authCode?: string | undefined;
  readonly authRefreshToken?: string | undefined;
  readonly authAccessToken?: string | undefined;
  /** When the access token expires. */
  readonly authAccessExpires?: Date | undefined;
  readonly authScope?: readonly string[] | undefined;
  readonly authRedirectUri?: string | undefined;
  readonly requestExtraKeywords?: RequestKeywords | undefined;
  readonly requestAdapterSettings?: AdapterSettings | undefined;
  readonly requestBaseHeaders?: Readonly<Record<string, string>> | undefined;
  /**
   * One address that serves API, uploads and sign-in: an embedded OneDrive. Default: Microsoft's own
   * addresses, which no longer exist.
   */
  readonly server?: string | undefined;
  /** Sends requests. Default: Node's own HTTP. */
  readonly transport?: Transport | undefined;
}

/** The redirect address of programs without their own. */
export const authRedirectUriMobile = 'https://login.live.com/oauth20_desktop.srf';

/** Signs in with login.live.com and keeps the tokens. */
export class OneDriveAuth extends OneDriveHTTPClient {
  clientId: string | undefined;
  clientSecret: string | undefined;
  authUrlUser: string;
  authUrlToken: string;
  authScope: readonly string[];
  authRedirectUri: string;
  /** At least one of these three is required before data is requested. */
  authCode: string | undefined;
  authRefreshToken: string | undefined;
  authAccessToken: string | undefined;
  /** Set by {@link authGetToken}. */
  authAccessExpires: Date | undefined;
  /** The last token response. */
  authAccessDataRaw: TokenGrant | undefined;

  constructor(config: OneDriveConfig = {}) {
    super(config.transport);
    const { authorization_endpoint: user = '', token_endpoint: token = '' } = liveEndpoints(
      config.server,
    ).server;
    this.authUrlUser = user;
    this.authUrlToken = token;
    this.clientId = config.clientId;
    this.clientSecret = config.clientSecret;
    this.authCode = config.authCode;
    this.authRefreshToken = config.authRefreshToken;
    this.authAccessToken = config.authAccessToken;
    this.authAccessExpires = config.authAccessExpires;
    this.authScope = config.authScope ?? liveScopes;
    this.authRedirectUri = config.authRedirectUri ?? authRedirectUriMobile;
    this.requestExtraKeywords = config.requestExtraKeywords;
    this.requestAdapterSettings = config.requestAdapterSettings;
    this.requestBaseHeaders = config.requestBaseHeaders;
  }

  /** Returns the address to open in a browser. @throws AuthMissingError without a client id. */
  authUserGetUrl(scope: readonly string[] = this.authScope): string {
    if (!this.clientId) throw new AuthMissingError('No clientId specified.');
    const query = new URLSearchParams({
      client_id: this.clientId,
      scope: scope.join(' '),
      response_type: 'code',
      redirect_uri: this.authRedirectUri,
    });
    return `${this.authUrlUser}?${query.toString()}`;
  }

  /**
   * Reads the code from the address to which the browser was redirected. @throws APIAuthError for an error or
   * a missing code.
   */
  authUserProcessUrl(url: string): string {
    const { search, hash } = new URL(url);
    const values = new URLSearchParams([
      ...new URLSearchParams(search),
      ...new URLSearchParams(hash.slice(1)),
    ]);
    const error = values.get('error');
    if (error !== null) throw new APIAuthError(`${error} :: ${values.get('error_description') ?? ''}`);
    const code = values.get('code');
    if (code === null) throw new APIAuthError('This address contains no code.');
    this.authCode = code;
    return code;
  }

  /**
   * Requests an access token: with the refresh token if there is one, otherwise with the code.
   * @returns the granted scopes.
   * @throws AuthMissingError, APIAuthError; AuthenticationError if other scopes were granted than requested.
   */
  async authGetToken(checkScope = true): Promise<readonly string[]> {
    const grant = await olderErrors(() => this.#grant());
    this.authAccessDataRaw = grant;
    this.authAccessToken = grant.accessToken;
    this.authRefreshToken = grant.refreshToken ?? this.authRefreshToken;
    this.authAccessExpires = new Date(systemClock.now() + grant.expiresIn * 1000);
    const granted = grant.scopes ?? [];
    const same =
      granted.length === this.authScope.length && this.authScope.every((scope) => granted.includes(scope));
    if (checkScope && !same) {
      throw new AuthenticationError(
        `Granted scope (${granted.join(', ')}) does not match requested one (${this.authScope.join(', ')}).`,
      );
    }
    return granted;
  }

  #grant(): Promise<TokenGrant> {
    const session = this.#session();
    if (this.authRefreshToken)
      return liveRefreshGrant(session, this.authRefreshToken, { redirectUri: this.authRedirectUri });
    if (this.authCode) return exchangeBareCode(session, this.authCode, { redirectUri: this.authRedirectUri });
    throw new AuthMissingError('One of authRefreshToken or authCode must be provided for authentication.');
  }

  #session(): OAuthSession {
    if (!this.clientId) throw new AuthMissingError('No clientId specified.');
    const { origin } = new URL(this.authUrlToken);
    const endpoints = liveEndpoints(origin);
    return {
      endpoints: { ...endpoints, server: { ...endpoints.server, token_endpoint: this.authUrlToken } },
      clientId: this.clientId,
      clientSecret: this.clientSecret,
      transport: (request) => this.request(request),
    };
  }
}
