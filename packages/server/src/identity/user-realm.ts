/**
 * `/common/userrealm/{name}`: whether the password of an account is checked here or by its organization. Libraries request
 * this before they send a password: https://github.com/AzureAD/microsoft-authentication-library-for-python (authority.py,
 * user_realm_discovery).
 */
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import { tokenHeaders } from './refusal-answer.ts';
import { directoryNamed } from './tenants.ts';

/** Passwords of all work accounts are checked on this server. */
export async function userRealm({ params, world }: RouteContext): Promise<ServerResponse> {
  const login = params['name'] ?? '';
  const domain = login.split('@')[1]?.toLowerCase();
  const realm =
    domain === undefined || directoryNamed(world, domain) === undefined
      ? { account_type: 'Unknown' }
      : {
          account_type: 'Managed',
          domain_name: domain,
          cloud_instance_name: 'microsoftonline.com',
          cloud_audience_urn: 'urn:federation:MicrosoftOnline',
        };
  return { status: 200, headers: tokenHeaders, body: JSON.stringify({ ver: '1.0', login, ...realm }) };
}
