/**
 * `urn:ietf:params:oauth:grant-type:jwt-bearer`: a service exchanges the token that a client sent to it for a token of its
 * own. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 */
import { accounts } from '../../people/account-record.ts';
import { refusals } from '../aadsts.ts';
import { field } from '../form.ts';
import { checkRenewal } from '../policies.ts';
import { accessTokens } from '../records.ts';
import { parseScopes } from '../scopes.ts';
import type { GrantType } from './grant-request.ts';

/**
 * The service must authenticate. A token for any application is accepted, because all tokens of this server are for Graph.
 */
export const onBehalfOf: GrantType = async ({ world, request, tenant, client, form }) => {
  const assertion = field(form, 'assertion');
  const scope = field(form, 'scope');
  if (assertion === undefined) throw refusals.missingParameter('assertion');
  if (scope === undefined) throw refusals.missingParameter('scope');
  if (field(form, 'requested_token_use') !== 'on_behalf_of')
    throw refusals.missingParameter('requested_token_use');
  if (!client.proven) throw refusals.secretMissing();
  const { record, account } = world.storage.read((records) => {
    const record = accessTokens.get(records, world.digest(assertion));
    return { record, account: record && accounts.get(records, record.accountId) };
  });
  if (!record || !account) throw refusals.assertionInvalid('The token is unknown or revoked.');
  if (record.expires <= world.clock.now()) throw refusals.assertionInvalid('The token is expired.');
  if (!tenant.admits(account)) throw refusals.invalidGrant('its account is not of this tenant.');
  checkRenewal(world, account.id);
  const { names, written } = parseScopes(scope, request.url.host);
  return { account, clientId: client.id, scopes: names, written };
};
