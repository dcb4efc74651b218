/** Who does something to an item, when, and with what chance: what every write needs. */
import { guidOf } from '../../core/guid.ts';
import type { World } from '../../core/world.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import type { IdentityRecord } from './item-record.ts';

export interface Actor {
  readonly identity: IdentityRecord;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A fresh GUID, upper case. */
  guid(): string;
}

/** `account`, acting now with the application `clientId`; without one where the server itself is at work. */
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
