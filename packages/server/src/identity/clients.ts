/**
 * Applications. A test server takes any client id; one that is registered here is held to its secret and its redirect
 * URIs, so that a client can be tested against being refused.
 */

import type { World } from '../core/world.ts';
import { collection } from '../storage/collection.ts';
import { refusals } from './aadsts.ts';
import type { ClientRegistration } from './client-registration.ts';

/** Applications that a seed registered, by id in lower case. */
export const applications = collection<ClientRegistration>('application');

/** Every application that is registered: by the settings, and by seeds. */
export function listClients(world: Pick<World, 'settings' | 'storage'>): readonly ClientRegistration[] {
  return [...world.settings.identity.clients, ...world.storage.read((records) => applications.list(records))];
}

/**
 * The registration of a client, or undefined when any client is welcome.
 * @throws OAuthRefusal 700016 for one that is not registered, where only those are welcome.
 */
export function findClient(world: World, id: string): ClientRegistration | undefined {
  const { clients, registeredClientsOnly } = world.settings.identity;
  const key = id.toLowerCase();
  const found =
    clients.find((client) => client.id.toLowerCase() === key) ??
    world.storage.read((records) => applications.get(records, key));
  if (found === undefined && registeredClientsOnly) throw refusals.unknownClient(id);
  return found;
}
