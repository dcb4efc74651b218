/**
 * Policies that an organization can apply to signed-in accounts, to test how a client reacts: conditional access, continuous
 * access evaluation, and withdrawn consent.
 * https://learn.microsoft.com/entra/identity-platform/v2-conditional-access-dev-guide,
 * https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
 */

import type { World } from '../core/world.ts';
import { collection } from '../storage/collection.ts';
import { refusals } from './aadsts.ts';
import { consentKey, consents, refreshTokens } from './records.ts';

/**
 * `second-factor`: renewals are refused until the user signs in again; `block`: every sign-in is refused; `device`: sign-ins
 * from unmanaged devices are refused, which means all of them; `claims`: the API demands a token that was requested with the
 * claims of its challenge.
 */
export type Policy = 'second-factor' | 'block' | 'device' | 'claims';

const policies = collection<{ readonly policy: Policy }>('policy');

/** Sets or removes the policy of an account. */
export function setPolicy(world: World, accountId: string, policy: Policy | undefined): void {
  world.storage.write((records) => {
    if (policy === undefined) policies.delete(records, accountId);
    else policies.put(records, accountId, { policy });
  });
}

/** The policy of an account. */
export function policyOf(world: World, accountId: string): Policy | undefined {
  return world.storage.read((records) => policies.get(records, accountId))?.policy;
}

/** @throws OAuthRefusal when the policy refuses a renewal. */
export function checkRenewal(world: World, accountId: string): void {
  const policy = policyOf(world, accountId);
  if (policy === 'second-factor') throw refusals.secondFactor();
  checkSignIn(world, accountId);
}

/** @throws OAuthRefusal when the policy refuses a sign-in. */
export function checkSignIn(world: World, accountId: string): void {
  const policy = policyOf(world, accountId);
  if (policy === 'block') throw refusals.blocked();
  if (policy === 'device') throw refusals.deviceUnmanaged();
}

/** Called after a sign-in, which satisfies the policy `second-factor`. */
export function signedInNow(world: World, accountId: string): void {
  if (policyOf(world, accountId) === 'second-factor') setPolicy(world, accountId, undefined);
}

/** Withdraws what an account (or, without one, every account) let an application do: its refresh tokens stop working. */
export function withdrawConsent(world: World, clientId: string, accountId?: string): void {
  world.storage.write((records) => {
    const found =
      accountId === undefined
        ? [...refreshTokens.each(records, 'account:')]
        : refreshTokens.findEntries(records, `account:${accountId}`);
    for (const { key, value: token } of found) {
      if (token.clientId !== clientId) continue;
      refreshTokens.put(records, key, { ...token, withdrawn: true });
      consents.delete(records, consentKey(token.accountId, clientId));
    }
  });
}

/** The claims that the API demands, as JSON. */
export const demandedClaims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
