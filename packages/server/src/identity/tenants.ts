/**
 * The `{tenant}` of an address: which accounts may sign in there, and which issuer their tokens name.
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
 */

import type { World } from '../core/world.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';
import { refusals } from './aadsts.ts';

/** The directory of all personal Microsoft accounts. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

export interface Tenant {
  /** The `issuer`: contains a GUID, or the placeholder `{tenantid}` if the address does not name a single directory. */
  readonly issuerId: string;
  /** The only kind of accounts that may sign in at this address. Default: both. */
  readonly kind?: AccountRecord['kind'];
  /** Whether an account may sign in at this address. */
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
 * @throws OAuthRefusal 90002 when the tenant does not exist.
 */
export function findTenant(world: World, segment: string): Tenant {
  const name = segment.toLowerCase();
  if (name === 'common') return { issuerId: '{tenantid}', admits: () => true };
  if (name === 'organizations')
    return { issuerId: '{tenantid}', kind: 'business', admits: (account) => account.kind === 'business' };
  if (name === 'consumers' || name === personalTenant || name === 'live.com') {
    return {
      issuerId: personalTenant,
      kind: 'personal',
      admits: (account) => account.kind === 'personal',
    };
  }
  const id = directoryNamed(world, name);
  if (id === undefined) throw refusals.unknownTenant(segment);
  return { issuerId: id, kind: 'business', admits: (account) => tenantOf(world, account) === id };
}

/** The id of a directory, found by GUID, by a configured domain, or by the domain of one of its accounts. */
export function directoryNamed(world: World, name: string): string | undefined {
  const { tenantId, tenantDomains } = world.settings.identity;
  if (name === tenantId.toLowerCase() || tenantDomains.some((domain) => domain.toLowerCase() === name)) {
    return tenantId.toLowerCase();
  }
  const member = world.storage.read(
    (records) =>
      accounts.each(records, `directory:${name}\n`).next().value ??
      accounts.each(records, `domain:${name}\n`).next().value,
  );
  return member && tenantOf(world, member.value);
}

/** `oid`: the GUID of an account; for a personal account it is derived from its 16 hex digits. */
export function objectId(account: AccountRecord): string {
  if (account.kind === 'business') return account.id.toLowerCase();
  const digits = account.id.toLowerCase().padStart(16, '0');
  return `00000000-0000-0000-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
