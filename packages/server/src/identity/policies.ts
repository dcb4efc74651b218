/**
 * What an organisation can do to sign-ins that were fine a moment ago, for tests of what a client makes of it: conditional
 * access, continuous access evaluation, and consent that is withdrawn.
 * https://learn.microsoft.com/entra/identity-platform/v2-conditional-access-dev-guide,
 * https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
 */

import type { World } from '../core/world.ts';
import { collection } from '../storage/collection.ts';
import { refusals } from './aadsts.ts';
import { consentKey, consents, refreshTokens } from './records.ts';

/**
 * `second-factor`: renewals are refused until the person signs in again; `block`: every sign-in is; `device`: every
 * sign-in from a machine that the organisation does not manage, which is every one; `claims`: the API wants a token
 * that was asked for with the claims of its challenge.
 */
export type Policy = 'second-factor' | 'block' | 'device' | 'claims';

const policies = collection<{ readonly policy: Policy }>('policy');

/** Sets the policy that meets an account, or takes it away. */
export function setPolicy(world: World, accountId: string, policy: Policy | undefined): void {
  world.storage.write((records) => {
    if (policy === undefined) policies.delete(records, accountId);
    else policies.put(records, accountId, { policy });
  });
}

/** The policy that meets an account. */
export function policyOf(world: World, accountId: string): Policy | undefined {
  return world.storage.read((records) => policies.get(records, accountId))?.policy;
}

/** @throws OAuthRefusal where a renewal is not allowed now. */
export function checkRenewal(world: World, accountId: string): void {
  const policy = policyOf(world, accountId);
  if (policy === 'second-factor') throw refusals.secondFactor();
  checkSignIn(world, accountId);
}

/** @throws OAuthRefusal where a sign-in is not allowed. */
export function checkSignIn(world: World, accountId: string): void {
  const policy = policyOf(world, accountId);
  if (policy === 'block') throw refusals.blocked();
  if (policy === 'device') throw refusals.deviceUnmanaged();
}

/** A person has just signed in: that is the proof that `second-factor` waits for. */
export function signedInNow(world: World, accountId: string): void {
  if (policyOf(world, accountId) === 'second-factor') setPolicy(world, accountId, undefined);
}

/** Takes back what an account (or, without one, everybody) let an application do: its refresh tokens stop working. */
export function withdrawConsent(world: World, clientId: string, accountId?: string): void {
  world.storage.write((records) => {
    for (const { key } of records.documents(refreshTokens.kind)) {
      const token = refreshTokens.get(records, key);
      if (token?.clientId !== clientId || (accountId !== undefined && token.accountId !== accountId))
        continue;
      refreshTokens.put(records, key, { ...token, withdrawn: true });
      consents.delete(records, consentKey(token.accountId, clientId));
    }
  });
}

/** The claims that the API of this server asks for, as JSON. */
export const demandedClaims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
