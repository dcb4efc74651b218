/**
 * Metadata that clients read first: OpenID discovery, the signing keys, and MSAL's instance discovery.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document
 */
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import { graphOrigin } from '../listen/intercept/cloud-hosts.ts';
import { refusals } from './aadsts.ts';
import { publicJwk } from './signing-keys.ts';
import { findTenant } from './tenants.ts';
import { issuerV1 } from './token-answer.ts';
import { refusingInJson } from './token-endpoint.ts';

const authMethods = ['client_secret_post', 'client_secret_basic', 'private_key_jwt'];
const response_modes_supported = ['query', 'fragment', 'form_post'];
const response_types_supported = ['code', 'id_token', 'code id_token', 'id_token token'];

/** `/{tenant}/v2.0/.well-known/openid-configuration` */
export async function openIdConfiguration({ request, world, params }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const tenant = params['tenant'] ?? '';
    const { issuerId } = findTenant(world, tenant);
    const { origin, host } = request.url;
    const oauth = `${origin}/${tenant}/oauth2/v2.0`;
    return {
      token_endpoint: `${oauth}/token`,
      token_endpoint_auth_methods_supported: [...authMethods, 'none'],
      jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
      response_modes_supported,
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported,
      grant_types_supported: [
        'authorization_code',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
        'client_credentials',
        'password',
        'urn:ietf:params:oauth:grant-type:jwt-bearer',
      ],
      code_challenge_methods_supported: ['S256', 'plain'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${origin}/${issuerId}/v2.0`,
      userinfo_endpoint: `${graphOrigin(request.url)}/oidc/userinfo`,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${oauth}/authorize`,
      device_authorization_endpoint: `${oauth}/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: false,
      end_session_endpoint: `${oauth}/logout`,
      claims_supported: [
        ...['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'name', 'preferred_username'],
        ...['oid', 'tid', 'sid', 'ver', 'email'],
      ],
      tenant_region_scope: null,
      cloud_instance_name: host,
      cloud_graph_host_name: host,
      msgraph_host: new URL(graphOrigin(request.url)).host,
    };
  });
}

/** `/{tenant}/.well-known/openid-configuration`: the discovery document of Azure AD v1.0. */
export async function openIdConfigurationV1({
  request,
  world,
  params,
}: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const tenant = params['tenant'] ?? '';
    const { issuerId } = findTenant(world, tenant);
    const { origin, host } = request.url;
    const base = `${origin}/${tenant}`;
    return {
      authorization_endpoint: `${base}/oauth2/authorize`,
      token_endpoint: `${base}/oauth2/token`,
      token_endpoint_auth_methods_supported: authMethods,
      jwks_uri: `${base}/discovery/keys`,
      response_modes_supported,
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      http_logout_supported: true,
      frontchannel_logout_supported: false,
      end_session_endpoint: `${base}/oauth2/logout`,
      response_types_supported: [...response_types_supported, 'token'],
      scopes_supported: ['openid'],
      issuer: issuerV1(issuerId),
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'nonce',
        'c_hash',
        'at_hash',
        'name',
        'upn',
        'oid',
        'tid',
      ],
      userinfo_endpoint: `${base}/openid/userinfo`,
      tenant_region_scope: null,
      cloud_instance_name: host,
      cloud_graph_host_name: host,
      msgraph_host: new URL(graphOrigin(request.url)).host,
    };
  });
}

/** `/{tenant}/discovery/v2.0/keys`, `/{tenant}/discovery/keys` */
export async function signingKeySet({ request, world, params }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    findTenant(world, params['tenant'] ?? '');
    return { keys: [await publicJwk(world)] };
  });
}

/** `/common/discovery/instance`: the host names that belong to the same cloud. This server has no aliases. */
export async function instanceDiscovery({ request, world, query }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const endpoint = query.get('authorization_endpoint') ?? '';
    if (!URL.canParse(endpoint))
      throw refusals.malformed("The parameter 'authorization_endpoint' must be a URL.");
    const { host } = request.url;
    const tenant = new URL(endpoint).pathname.split('/')[1] || 'common'; // A path without segments names no tenant.
    return {
      tenant_discovery_endpoint: `${request.url.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  });
}
