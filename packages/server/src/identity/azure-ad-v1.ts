/**
 * The endpoints of Azure AD v1.0, which older clients (ADAL, passport-azure-ad, scripts) still use. Accounts and grants are
 * those of v2.0, but requests have a `resource` in place of scopes, only organizations can sign in, and numbers in responses
 * are strings. https://learn.microsoft.com/previous-versions/azure/active-directory/azuread-dev/v1-protocols-oauth-code
 */
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { graphOrigin } from '../listen/intercept/cloud-hosts.ts';
import { OAuthRefusal, refusals } from './aadsts.ts';
import { answerGranted, refusalParameters } from './authorize-answer.ts';
import { authorizeBy } from './authorize-endpoint.ts';
import { type AuthorizeRequest, type AuthorizeTarget, readAuthorize } from './authorize-request.ts';
import { describeDeviceCode } from './device-authorization.ts';
import { field, readForm } from './form.ts';
import { parseScopes, resourceScopes } from './scopes.ts';
import { findTenant } from './tenants.ts';
import type { Grant } from './token-answer.ts';
import { answerGrant, refusingInJson } from './token-endpoint.ts';

/** The application id of Microsoft Graph, which v1.0 tokens may name as their audience. */
const graphApplication = '00000003-0000-0000-c000-000000000000';
const everything = '/.default';

/** v1.0 does not support personal accounts: `common` is treated as `organizations`. */
function organisation(name: string): string {
  return name.toLowerCase() === 'common' ? 'organizations' : name;
}

/**
 * The scopes that a `resource` stands for: all permissions of the application, and offline access.
 * @throws OAuthRefusal 500011 for a resource that this server does not have.
 */
function scopeOf(resource: string, login: URL): string {
  const address = resource.toLowerCase() === graphApplication ? graphOrigin(login) : resource;
  const scope = `${address}${everything}`;
  try {
    parseScopes(scope, login.host);
  } catch (error) {
    throw error instanceof OAuthRefusal ? refusals.unknownResource(resource) : error;
  }
  return scope;
}

/** `/{tenant}/oauth2/authorize`, GET and POST. */
export async function authorizeV1(context: RouteContext): Promise<ServerResponse> {
  const login = context.request.url;
  const read = (target: AuthorizeTarget, parameters: URLSearchParams, host: string): AuthorizeRequest => {
    const translated = new URLSearchParams(parameters);
    const scope = scopeOf(field(parameters, 'resource') ?? graphOrigin(login), login);
    translated.set('scope', `openid profile offline_access ${scope}`);
    if (field(parameters, 'prompt') === 'admin_consent') translated.set('prompt', 'consent');
    if (field(parameters, 'prompt') === 'refresh_session') translated.set('prompt', 'login');
    return { ...readAuthorize(target, translated, host), version: '1.0' };
  };
  const wire = { read, grant: answerGranted, refused: refusalParameters };
  return authorizeBy(wire, context, organisation(context.params['tenant'] ?? ''), context.query);
}

/** `/{tenant}/oauth2/token` */
export async function tokenV1({ request, world, params }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const tenant = findTenant(world, organisation(params['tenant'] ?? ''));
    const form = withScope(await readForm(request), request.url);
    const { granted, answer } = await answerGrant({ world, request, tenant, form }, '1.0');
    return olderAnswer(world, { granted, answer, resource: resourceOf(form, granted, request) });
  });
}

/** Translates a v1.0 form to the parameters of the v2.0 grants. */
function withScope(form: URLSearchParams, login: URL): URLSearchParams {
  const resource = field(form, 'resource');
  const scope = resource === undefined ? undefined : scopeOf(resource, login);
  const translated = new URLSearchParams(form);
  translated.delete('scope');
  const grant = field(form, 'grant_type');
  if (scope !== undefined) translated.set('scope', scope);
  else if (grant === 'client_credentials' || grant === 'password')
    throw refusals.missingParameter('resource');
  // A password grant returns the same tokens as a sign-in.
  if (grant === 'password') translated.set('scope', `openid profile offline_access ${scope ?? ''}`);
  return translated;
}

type Granted = Pick<Grant, 'account' | 'scopes' | 'written'>;

/** The resource of the token: from this request, or else from the previous one. */
function resourceOf(form: URLSearchParams, { written }: Granted, { url }: ServerRequest): string {
  const before = written.find((scope) => scope.endsWith(everything));
  return field(form, 'resource') ?? before?.slice(0, -everything.length) ?? graphOrigin(url);
}

interface ResponseOptions {
  readonly granted: Granted;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly resource: string;
}

/**
 * Converts a v2.0 response: numbers become strings, the scopes are the application's permissions, and an application's own
 * token has none.
 */
function olderAnswer(world: World, { granted, answer, resource }: ResponseOptions): Record<string, unknown> {
  const now = Math.floor(world.clock.now() / 1000);
  const { expires_in } = answer;
  return {
    ...answer,
    scope: granted.account.application ? undefined : resourceScopes(granted.scopes).join(' '),
    expires_in: String(expires_in),
    ext_expires_in: String(expires_in),
    expires_on: String(now + Number(expires_in)),
    not_before: String(now),
    resource,
  };
}

/** `/{tenant}/oauth2/devicecode`: POST, and GET, which ADAL for .NET sends. */
export async function deviceCodeV1({ request, world, params, query }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const form = request.method === 'GET' ? query : await readForm(request);
    const resource = field(form, 'resource');
    if (resource === undefined) throw refusals.missingParameter('resource');
    const translated = new URLSearchParams(form);
    translated.set('scope', `openid profile offline_access ${scopeOf(resource, request.url)}`);
    const tenantName = organisation(params['tenant'] ?? '');
    const { verification_uri, expires_in, interval, ...codes } = describeDeviceCode(
      { request, world, tenantName },
      translated,
    );
    return {
      ...codes,
      verification_url: verification_uri,
      expires_in: String(expires_in),
      interval: String(interval),
    };
  });
}
