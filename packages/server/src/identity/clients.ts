/**
 * Applications. By default the server accepts any client id. For a registered application it checks the secret and the
 * redirect URIs, so that tests can cover these errors.
 */

import type { World } from '../core/world.ts';
import { collection } from '../storage/collection.ts';
import { refusals } from './aadsts.ts';
import type { ClientRegistration } from './client-registration.ts';

/** Applications registered by a seed, by lowercase id. */
export const applications = collection<ClientRegistration>('application');

/** All registered applications, from the settings and from seeds. */
export function listClients(world: Pick<World, 'settings' | 'storage'>): readonly ClientRegistration[] {
  return [...world.settings.identity.clients, ...world.storage.read((records) => applications.list(records))];
}

/**
 * The registration of a client. Undefined for an unregistered client.
 * @throws OAuthRefusal 700016 for an unregistered client when the setting `registeredClientsOnly` is on.
 */
export function findClient(world: World, id: string): ClientRegistration | undefined {
  const { clients, registeredClientsOnly } = world.settings.identity;
  const key = id.toLowerCase();
  const registration =
    clients.find((client) => client.id.toLowerCase() === key) ??
    world.storage.read((records) => applications.get(records, key));
  if (registration === undefined && registeredClientsOnly) throw refusals.unknownClient(id);
  return registration;
}
