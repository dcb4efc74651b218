/** The actor of a change: account, application, time and random values, which every write needs. */
import { guidOf } from '../../core/guid.ts';
import type { World } from '../../core/world.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import type { IdentityRecord } from './item-record.ts';

export interface Actor {
  readonly identity: IdentityRecord;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A new GUID in upper case. */
  guid(): string;
}

/** `account`, acting now with the application `clientId`; no application if the server itself makes the change. */
export function actorOf(
  world: Pick<World, 'clock' | 'random'>,
  account: AccountRecord,
  clientId?: string,
): Actor {
  const { id, displayName, mail, kind } = account;
  const application =
    clientId === undefined ? {} : { application: { id: clientId, displayName: 'Application' } };
  return {
    identity: kind === 'personal' ? { id, displayName, ...application } : { id, displayName, email: mail },
    now: world.clock.now(),
    guid: () => guidOf(world.random.bytes(16)),
  };
}
