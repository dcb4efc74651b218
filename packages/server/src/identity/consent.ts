/** Consents: those that users gave earlier, and automatic consent where it is configured. */

import type { World } from '../core/world.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { accountsByAge, findAccount } from './account-list.ts';
import { consentKey, consents } from './records.ts';
import { covers } from './scopes.ts';
import type { Tenant } from './tenants.ts';

/** Whether the account has consented to all of `scopes` before. */
export function hasConsented(
  world: World,
  account: AccountRecord,
  clientId: string,
  scopes: readonly string[],
): boolean {
  const consent = world.storage.read((records) => consents.get(records, consentKey(account.id, clientId)));
  return consent !== undefined && covers(consent.scopes, scopes);
}

/** Stores a consent in addition to earlier ones. */
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
 * The account that consents automatically, if any: any account when the setting `autoConsent` is on; the account in
 * `login_hint` when it was seeded with `autoConsent`, or when the request has `auto_consent=1` and the account has no
 * password.
 */
export function findAutomaticConsent(
  world: World,
  tenant: Tenant,
  hints: { readonly loginHint?: string | undefined; readonly autoConsent?: boolean },
): AccountRecord | undefined {
  const hinted = hints.loginHint === undefined ? undefined : findAccount(world, hints.loginHint);
  if (hinted && tenant.admits(hinted) && consentsAutomatically(world, hinted, hints.autoConsent === true))
    return hinted;
  if (!world.settings.identity.autoConsent || hints.loginHint !== undefined) return undefined;
  return world.storage.read((records) => {
    for (const account of accountsByAge(records, tenant.kind)) if (tenant.admits(account)) return account;
    return undefined;
  });
}

function consentsAutomatically(world: World, account: AccountRecord, isRequested: boolean): boolean {
  if (world.settings.identity.autoConsent || account.autoConsent) return true;
  return isRequested && account.password === undefined;
}
