/**
 * The `{tenant}` of an address: which accounts may sign in there, and what tokens name as their issuer.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
 */

import type { World } from '../core/world.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';
import { refusals } from './aadsts.ts';

/** The directory of all personal Microsoft accounts. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

export interface Tenant {
  /** What stands in `issuer`: a GUID, or the placeholder `{tenantid}` where the address names no single directory. */
  readonly issuerId: string;
  /** Whether this account may sign in at this address. */
  readonly admits: (account: AccountRecord) => boolean;
}

/** The directory of an account. */
export function tenantOf(world: World, account: AccountRecord): string {
  return account.kind === 'personal'
    ? personalTenant
    : (account.tenantId ?? world.settings.identity.tenantId).toLowerCase();
}

/**
 * Reads the tenant of an address.
 * @throws OAuthRefusal 90002 when there is no such tenant.
 */
export function findTenant(world: World, segment: string): Tenant {
  const name = segment.toLowerCase();
  if (name === 'common') return { issuerId: '{tenantid}', admits: () => true };
  if (name === 'organizations')
    return { issuerId: '{tenantid}', admits: (account) => account.kind === 'business' };
  if (name === 'consumers' || name === personalTenant || name === 'live.com') {
    return { issuerId: personalTenant, admits: (account) => account.kind === 'personal' };
  }
  const id = directoryNamed(world, name);
  if (id === undefined) throw refusals.unknownTenant(segment);
  return { issuerId: id, admits: (account) => tenantOf(world, account) === id };
}

/** The id of a directory by GUID, by a configured domain, or by the domain of an account that lives there. */
export function directoryNamed(world: World, name: string): string | undefined {
  const { tenantId, tenantDomains } = world.settings.identity;
  if (name === tenantId.toLowerCase() || tenantDomains.some((domain) => domain.toLowerCase() === name)) {
    return tenantId.toLowerCase();
  }
  const member = world.storage
    .read((records) => accounts.list(records))
    .find((account) => account.kind === 'business' && isHome(world, account, name));
  return member && tenantOf(world, member);
}

function isHome(world: World, account: AccountRecord, name: string): boolean {
  return tenantOf(world, account) === name || account.userPrincipalName.toLowerCase().endsWith(`@${name}`);
}

/** `oid`: the GUID of an account; that of a personal one is made of its 16 hex digits. */
export function objectId(account: AccountRecord): string {
  if (account.kind === 'business') return account.id.toLowerCase();
  const digits = account.id.toLowerCase().padStart(16, '0');
  return `00000000-0000-0000-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
