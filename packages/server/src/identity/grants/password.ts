/**
 * `grant_type=password`: a program sends the user's name and password. Programs without a browser still use it.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
 */

import { refusals } from '../aadsts.ts';
import { findAccount } from '../account-list.ts';
import { field } from '../form.ts';
import { checkSignIn, policyOf } from '../policies.ts';
import { parseScopes } from '../scopes.ts';
import { sameSecret } from '../secrets.ts';
import type { GrantType } from './grant-request.ts';

/** Accounts without a password accept any password; personal accounts are refused. No separate consent is needed. */
export const password: GrantType = async ({ world, request, tenant, client, form }) => {
  const name = field(form, 'username');
  const password = field(form, 'password');
  const scope = field(form, 'scope');
  if (name === undefined) throw refusals.missingParameter('username');
  if (password === undefined) throw refusals.missingParameter('password');
  if (scope === undefined) throw refusals.missingParameter('scope');
  const account = findAccount(world, name);
  if (!account || account.kind === 'personal' || !tenant.admits(account)) throw refusals.userUnknown(name);
  if (account.password !== undefined && !sameSecret(world.digest, account.password, password))
    throw refusals.passwordWrong();
  if (client.registration?.adminConsentOnly) throw refusals.consentMissing(client.id);
  checkSignIn(world, account.id);
  if (policyOf(world, account.id) === 'second-factor') throw refusals.secondFactor();
  const { names, written } = parseScopes(scope, request.url.host);
  return { account, clientId: client.id, scopes: names, written };
};
