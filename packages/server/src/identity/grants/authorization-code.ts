/** `grant_type=authorization_code`: exchanges the code that the browser received for tokens. RFC 6749 §4.1.3, RFC 7636. */

import type { World } from '../../core/world.ts';
import { accounts } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { refusals } from '../aadsts.ts';
import { field } from '../form.ts';
import { checkVerifier } from '../pkce.ts';
import { checkSignIn, policyOf, signedInNow } from '../policies.ts';
import { type AuthorizationCodeRecord, authorizationCodes } from '../records.ts';
import { revokeGrantsOf } from '../revoke.ts';
import { covers, parseScopes } from '../scopes.ts';
import type { GrantRequest, GrantType } from './grant-request.ts';

/**
 * Redeems a code, once. A failed attempt uses up the code too, because it may come from an attacker. When a code is used a
 * second time, it has leaked: all tokens issued for it are revoked (RFC 6749 §4.1.2).
 */
export const authorizationCode: GrantType = async (request) => {
  const { world, client, form } = request;
  const code = field(form, 'code');
  if (code === undefined) throw refusals.missingParameter('code');
  const digest = world.digest(code);
  const record = takeCode(world, digest);
  if (record?.redeemed !== undefined) throw refusals.codeRedeemed();
  if (!record || record.clientId.toLowerCase() !== client.id.toLowerCase()) {
    throw refusals.invalidGrant('the code is unknown, or belongs to another application.');
  }
  if (record.expires <= world.clock.now()) throw refusals.codeExpired();
  const redirectUri = field(form, 'redirect_uri');
  if (redirectUri === undefined) throw refusals.missingParameter('redirect_uri');
  if (redirectUri !== record.redirectUri) throw refusals.redirectChanged();
  if (client.registration?.singlePage && !record.challenge) throw refusals.challengeMissing();
  checkVerifier(record.challenge, field(form, 'code_verifier'), world.digest);
  return { ...granted(request, record), grantedBy: digest };
};

/** Within a transaction: whether the code was used a second time while the tokens for it were being created. */
export function isUsedTwice(records: Records, digest: string): boolean {
  return authorizationCodes.get(records, digest)?.redeemed === 'again';
}

function granted({ world, tenant, client, form, request }: GrantRequest, record: AuthorizationCodeRecord) {
  const account = world.storage.read((records) => accounts.get(records, record.accountId));
  if (!account || !tenant.admits(account)) throw refusals.invalidGrant('its account is not of this tenant.');
  checkSignIn(world, account.id);
  signedInNow(world, account.id);
  const scopeParameter = field(form, 'scope');
  const scopes = scopeParameter === undefined ? undefined : parseScopes(scopeParameter, request.url.host);
  if (scopes && !covers(record.scopes, scopes.names)) throw refusals.consentMissing(client.id);
  return {
    account,
    clientId: client.id,
    // The scope parameter of this request only names the resource; the granted scopes are those that the user consented to.
    scopes: record.scopes,
    written: scopes && scopes.names.length === record.scopes.length ? scopes.written : record.written,
    nonce: record.nonce,
    // The user has just signed in, which satisfies the claims that the API may demand.
    proven: policyOf(world, account.id) === 'claims',
  };
}

/** Returns the state of the code before this redemption. */
function takeCode(world: World, digest: string): AuthorizationCodeRecord | undefined {
  return world.storage.write((records) => {
    const record = authorizationCodes.get(records, digest);
    if (!record) return undefined;
    const again = record.redeemed !== undefined;
    authorizationCodes.put(records, digest, { ...record, redeemed: again ? 'again' : 'once' });
    if (again) revokeGrantsOf(records, digest);
    return record;
  });
}
