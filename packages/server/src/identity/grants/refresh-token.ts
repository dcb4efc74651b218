/**
 * `grant_type=refresh_token`, with rotation: each exchange answers with a new refresh token, and the old one goes on
 * working for the grace that the settings name. https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */

import type { World } from '../../core/world.ts';
import { accounts } from '../../people/account-record.ts';
import { refusals } from '../aadsts.ts';
import { field } from '../form.ts';
import { checkRenewal } from '../policies.ts';
import { consentKey, consents, type RefreshTokenRecord, refreshTokens } from '../records.ts';
import { covers, parseScopes } from '../scopes.ts';
import type { GrantRequest, GrantType } from './grant-request.ts';

/** Exchanges a refresh token for fresh tokens, of the same scopes or fewer. */
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

/** Marks the token as replaced, in the same transaction that finds it good. */
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

/** Clients may ask for less, or for what was consented to since; without `offline_access` in the list they still renew. */
function scopesFor({ world, form, client, request }: GrantRequest, record: RefreshTokenRecord) {
  const { scopes, written } = record;
  const asked = field(form, 'scope');
  if (asked === undefined) return { scopes, written };
  const wanted = parseScopes(asked, request.url.host);
  const consented = world.storage.read((records) =>
    consents.get(records, consentKey(record.accountId, client.id)),
  );
  if (!covers([...scopes, ...(consented?.scopes ?? [])], wanted.names))
    throw refusals.consentMissing(client.id);
  return {
    scopes: [...wanted.names, 'offline_access'],
    written: wanted.written,
    renews: { scopes, written },
  };
}
