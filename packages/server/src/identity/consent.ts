/** Who consents to what: by a person's earlier word, or by themselves where this server is told so. */

import type { World } from '../core/world.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { findAccount, listAccounts } from './account-list.ts';
import { consentKey, consents } from './records.ts';
import { covers } from './scopes.ts';
import type { Tenant } from './tenants.ts';

/** Whether the account has let the application do all of `scopes` before. */
export function hasConsented(
  world: World,
  account: AccountRecord,
  clientId: string,
  scopes: readonly string[],
): boolean {
  const known = world.storage.read((records) => consents.get(records, consentKey(account.id, clientId)));
  return known !== undefined && covers(known.scopes, scopes);
}

/** Remembers a consent, besides what was consented to before. */
export function rememberConsent(
  world: World,
  account: AccountRecord,
  clientId: string,
  scopes: readonly string[],
): void {
  const key = consentKey(account.id, clientId);
  world.storage.write((records) => {
    const before = consents.get(records, key)?.scopes ?? [];
    consents.put(records, key, { scopes: [...new Set([...before, ...scopes])] });
  });
}

/**
 * The account that consents without a person, if there is one: any, when the setting `autoConsent` is on; the hinted one,
 * when it was seeded so, or when the request says `auto_consent=1` and the account has no password to protect it.
 */
export function selfConsenting(
  world: World,
  tenant: Tenant,
  asked: { readonly loginHint?: string | undefined; readonly autoConsent?: boolean },
): AccountRecord | undefined {
  const hinted = asked.loginHint === undefined ? undefined : findAccount(world, asked.loginHint);
  if (hinted && tenant.admits(hinted) && consentsAlone(world, hinted, asked.autoConsent === true))
    return hinted;
  if (!world.settings.identity.autoConsent || asked.loginHint !== undefined) return undefined;
  return listAccounts(world).find((account) => tenant.admits(account));
}

function consentsAlone(world: World, account: AccountRecord, asked: boolean): boolean {
  if (world.settings.identity.autoConsent || account.autoConsent) return true;
  return asked && account.password === undefined;
}
