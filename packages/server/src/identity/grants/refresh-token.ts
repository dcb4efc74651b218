/**
 * `grant_type=refresh_token`, with rotation: each exchange returns a new refresh token, and the old one remains valid for
 * the time in the setting `refreshGrace`. https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */

import type { World } from '../../core/world.ts';
import { accounts } from '../../people/account-record.ts';
import { refusals } from '../aadsts.ts';
import { field } from '../form.ts';
import { checkRenewal } from '../policies.ts';
import { consentKey, consents, type RefreshTokenRecord, refreshTokens } from '../records.ts';
import { covers, parseScopes } from '../scopes.ts';
import type { GrantRequest, GrantType } from './grant-request.ts';

/** Exchanges a refresh token for new tokens with the same or fewer scopes. */
export const refreshToken: GrantType = async (request) => {
  const { world, client, form, tenant } = request;
  const token = field(form, 'refresh_token');
  if (token === undefined) throw refusals.missingParameter('refresh_token');
  const record = useToken(world, world.digest(token), client.id);
  const account = world.storage.read((records) => accounts.get(records, record.accountId));
  if (!account || !tenant.admits(account)) throw refusals.invalidGrant('its account is not of this tenant.');
  checkRenewal(world, account.id);
  const proven = field(form, 'claims') !== undefined;
  const { grantedBy } = record;
  return { account, clientId: client.id, proven, grantedBy, ...scopesFor(request, record) };
};

/** Marks the token as replaced, in the same transaction that validates it. */
function useToken(world: World, digest: string, clientId: string): RefreshTokenRecord {
  const now = world.clock.now();
  return world.storage.write((records) => {
    const record = refreshTokens.get(records, digest);
    if (!record || record.clientId.toLowerCase() !== clientId.toLowerCase()) {
      throw refusals.invalidGrant('the refresh token is unknown or belongs to another application.');
    }
    if (record.revoked) throw refusals.revoked();
    if (record.withdrawn) throw refusals.consentMissing(clientId);
    if (record.expires <= now) throw refusals.refreshExpired();
    if (record.replaced === undefined) refreshTokens.put(records, digest, { ...record, replaced: now });
    else if (now - record.replaced > world.settings.identity.refreshGrace) {
      throw refusals.invalidGrant(
        'the refresh token was replaced by a newer one, which its client must use.',
      );
    }
    return record;
  });
}

/**
 * Clients may request fewer scopes, or scopes that were consented to since. Even without `offline_access` in the list they
 * receive a new refresh token.
 */
function scopesFor({ world, form, client, request }: GrantRequest, record: RefreshTokenRecord) {
  const { scopes, written } = record;
  const scopeParameter = field(form, 'scope');
  if (scopeParameter === undefined) return { scopes, written };
  const requestedScopes = parseScopes(scopeParameter, request.url.host);
  const consented = world.storage.read((records) =>
    consents.get(records, consentKey(record.accountId, client.id)),
  );
  if (!covers([...scopes, ...(consented?.scopes ?? [])], requestedScopes.names))
    throw refusals.consentMissing(client.id);
  return {
    scopes: [...requestedScopes.names, 'offline_access'],
    written: requestedScopes.written,
    renews: { scopes, written },
  };
}
