/**
 * Errors of the identity service. Each has an OAuth error code, an HTTP status and an AADSTS number that clients check;
 * numbers and their names: https://learn.microsoft.com/entra/identity-platform/reference-error-codes. Where that page gives
 * no message text, the text is our own.
 */

export interface RefusalOptions {
  readonly status?: number;
  /** `suberror`, where Microsoft sends one. */
  readonly suberror?: string;
}

/** A request that the identity service does not grant. `code` is the AADSTS number. */
export class OAuthRefusal extends Error {
  readonly code: number;
  /** `error` of RFC 6749 §5.2, RFC 8628 §3.5 or Microsoft's own. */
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;

  constructor(code: number, error: string, message: string, options: RefusalOptions = {}) {
    super(message);
    this.name = 'OAuthRefusal';
    this.code = code;
    this.error = error;
    this.status = options.status ?? 400;
    this.suberror = options.suberror;
  }
}

const refuse = (code: number, error: string, message: string, options?: RefusalOptions) =>
  new OAuthRefusal(code, error, message, options);

/** All errors of the identity service, by cause. */
export const refusals = {
  missingParameter: (name: string, where = 'body') =>
    refuse(
      900144,
      'invalid_request',
      `The request ${where} must contain the following parameter: '${name}'.`,
    ),
  malformed: (why: string) =>
    refuse(9002313, 'invalid_request', `Invalid request. Request is malformed or invalid. ${why}`),
  unknownTenant: (tenant: string) =>
    refuse(
      90002,
      'invalid_tenant',
      `Tenant '${tenant}' not found. Check that the tenant name or id is right.`,
    ),
  unknownClient: (id: string) =>
    refuse(
      700016,
      'unauthorized_client',
      `Application with identifier '${id}' was not found in the directory.`,
    ),
  unsupportedGrant: (grant: string) =>
    refuse(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grant}'.`),
  unsupportedResponseType: (type: string) =>
    refuse(
      700054,
      'unsupported_response_type',
      `response_type '${type}' is not enabled for the application.`,
    ),
  queryForTokens: () =>
    refuse(
      70007,
      'invalid_request',
      "'query' is not a supported value of 'response_mode' when requesting a token.",
    ),
  invalidScope: (scope: string) =>
    refuse(
      70011,
      'invalid_scope',
      `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    ),
  unknownResource: (resource: string) =>
    refuse(
      500011,
      'invalid_resource',
      `The resource principal named ${resource} was not found in the directory.`,
    ),
  severalResources: () =>
    refuse(
      28000,
      'invalid_scope',
      'Provided value for the input parameter scope is not valid because it contains more than one resource.',
    ),

  redirectMismatch: (uri: string) =>
    refuse(
      50011,
      'invalid_request',
      `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application.`,
    ),
  redirectChanged: () =>
    refuse(
      500112,
      'invalid_client',
      'The reply address does not match the reply address provided when requesting Authorization code.',
    ),
  challengeSize: () => refuse(501491, 'invalid_request', 'Invalid size of Code_Challenge parameter.'),
  verifierMismatch: () =>
    refuse(
      501481,
      'invalid_grant',
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  verifierMissing: () =>
    refuse(
      50148,
      'invalid_grant',
      'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE: it is missing.',
    ),
  challengeMissing: () =>
    refuse(
      9002325,
      'invalid_request',
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
    ),

  invalidGrant: (what: string) =>
    refuse(70000, 'invalid_grant', `Provided grant is invalid or malformed: ${what}`),
  userUnknown: (name: string) =>
    refuse(50034, 'invalid_grant', `The user account ${name} does not exist in the directory.`),
  passwordWrong: () =>
    refuse(50126, 'invalid_grant', 'Error validating credentials due to invalid username or password.'),
  assertionInvalid: (why: string) =>
    refuse(500133, 'invalid_grant', `Assertion is not within its valid time range or is not valid. ${why}`),
  codeRedeemed: () =>
    refuse(
      54005,
      'invalid_grant',
      'The authorization code was redeemed before. Send a new interactive authorization request, or use the refresh token that it brought.',
    ),
  codeExpired: () =>
    refuse(
      70008,
      'invalid_grant',
      'The provided authorization code or refresh token has expired. Send a new interactive authorization request for this user and resource.',
    ),
  refreshExpired: () => refuse(700082, 'invalid_grant', 'The refresh token has expired due to inactivity.'),
  revoked: () =>
    refuse(
      50173,
      'invalid_grant',
      'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
      { suberror: 'token_expired' },
    ),

  secretMissing: () =>
    refuse(
      7000218,
      'invalid_client',
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      { status: 401 },
    ),
  secretWrong: (id: string) =>
    refuse(
      7000215,
      'invalid_client',
      `Invalid client secret provided for app '${id}'. Send the secret's value, not its id.`,
      { status: 401 },
    ),
  secretExpired: (id: string) =>
    refuse(7000222, 'invalid_client', `The provided client secret keys for app '${id}' are expired.`, {
      status: 401,
    }),
  assertionKeyUnknown: (who: string) =>
    refuse(
      700027,
      'invalid_client',
      `The certificate with identifier used to sign the client assertion is not registered on application '${who}', or the signature is wrong.`,
      { status: 401 },
    ),
  certificateExpired: () =>
    refuse(700030, 'invalid_client', 'Invalid certificate: it has expired.', { status: 401 }),
  assertionTime: () =>
    refuse(700024, 'invalid_client', 'Client assertion is not within its valid time range.', { status: 401 }),
  assertionAudience: (expected: string) =>
    refuse(700212, 'invalid_client', `The assertion audience must be '${expected}'.`, { status: 401 }),
  federationUnknown: (issuer: string, subject: string) =>
    refuse(
      700213,
      'invalid_client',
      `No matching federated identity record found for presented assertion subject '${subject}' of issuer '${issuer}'.`,
      { status: 401 },
    ),
  notDefaultScope: (scope: string) =>
    refuse(
      1002012,
      'invalid_scope',
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    ),
  tenantMissing: () =>
    refuse(50059, 'invalid_request', 'No tenant-identifying information found in the request.'),

  secondFactor: () =>
    refuse(
      50076,
      'interaction_required',
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.',
      { suberror: 'basic_action' },
    ),
  blocked: () =>
    refuse(
      53003,
      'access_denied',
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      { suberror: 'message_only' },
    ),
  deviceUnmanaged: () =>
    refuse(
      53000,
      'interaction_required',
      'Device is not in required device state: compliant. Conditional Access policy requires a compliant device.',
      { suberror: 'message_only' },
    ),

  pending: () =>
    refuse(
      70016,
      'authorization_pending',
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    ),
  slowDown: () =>
    refuse(
      70016,
      'slow_down',
      'OAuth 2.0 device flow error. Polling too fast: wait five seconds longer between polls.',
    ),
  declinedOnDevicePage: () =>
    refuse(65004, 'authorization_declined', 'User declined to consent to access the app.'),
  badVerificationCode: () =>
    refuse(
      70018,
      'bad_verification_code',
      "The provided value for the input parameter 'device_code' was not recognized.",
    ),
  deviceCodeExpired: () =>
    refuse(
      70020,
      'expired_token',
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    ),

  signInRequired: () =>
    refuse(50058, 'login_required', 'A silent sign-in request was sent but no user is signed in.'),
  consentRequired: (client: string) =>
    refuse(
      65001,
      'interaction_required',
      `The user or administrator has not consented to use the application with ID '${client}'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    ),
  consentMissing: (client: string) =>
    refuse(
      65001,
      'invalid_grant',
      `The user or administrator has not consented to use the application with ID '${client}'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    ),
  consentDeclined: () => refuse(65004, 'access_denied', 'User declined to consent to access the app.'),
  signInCancelled: () => refuse(50126, 'access_denied', 'The user cancelled the sign-in.'),
} as const;
