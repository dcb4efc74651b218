/**
 * `grant_type=client_credentials`: an application acts for itself, with the permissions that an administrator consented to.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */

import type { AccountRecord } from '../../people/account-record.ts';
import { refusals } from '../aadsts.ts';
import { applicationRecord } from '../application-record.ts';
import { field } from '../form.ts';
import type { GrantRequest, GrantType } from './grant-request.ts';

/**
 * Grants the permissions of the registration. Default: read and write every drive. The only valid scope is `.default`, and
 * the tenant must be a single directory.
 */
export const clientCredentials: GrantType = async (request) => {
  const { client, form, tenant } = request;
  const { registration } = client;
  const scope = field(form, 'scope') ?? '';
  if (!/\/\.default$/i.test(scope)) throw refusals.notDefaultScope(scope);
  if (tenant.issuerId.includes('{')) throw refusals.tenantMissing();
  if (!client.proven) throw refusals.secretMissing();
  if (registration?.consented === false) throw refusals.consentMissing(client.id);
  const scopes = registration?.permissions ?? ['Files.ReadWrite.All', 'Sites.ReadWrite.All', 'User.Read.All'];
  return { account: applicationAccount(request), clientId: client.id, scopes, written: [scope] };
};

function applicationAccount({ client, tenant }: GrantRequest): AccountRecord {
  return applicationRecord(client.id, client.registration?.name ?? client.id, tenant.issuerId);
}
