/**
 * Applications. A test server takes any client id; one that is registered here is held to its secret and its redirect
 * URIs, so that a client can be tested against being refused.
 */
import { collection } from '../storage/records/collection.ts';
import type { World } from '../world.ts';
import { refusals } from './aadsts.ts';

/** https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** Default: `api://AzureADTokenExchange`. */
  readonly audience?: string;
  /** The issuer's public key as a JWK; the real service fetches it from the issuer. */
  readonly key: Readonly<Record<string, unknown>>;
}

/** An application as the identity service knows it. */
export interface ClientRegistration {
  /** `client_id` (application id). */
  readonly id: string;
  /** Shown on the consent page. */
  readonly name?: string;
  /** With one the client is confidential and must present it. */
  readonly secret?: string;
  /** Exact, but for the port of a loopback one. */
  readonly redirectUris?: readonly string[];
  /** PEM: whose private keys may sign for the application. */
  readonly certificates?: readonly string[];
  /** Issuers whose tokens stand for the application. */
  readonly federated?: readonly FederatedCredential[];
  /** Milliseconds since the epoch. */
  readonly secretExpires?: number;
  /** What the application may do by itself; default: read and write every drive. */
  readonly permissions?: readonly string[];
  /** False: no administrator has consented to `permissions`. Default: one has. */
  readonly consented?: boolean;
  /** People cannot consent, only an administrator. */
  readonly adminConsentOnly?: boolean;
  /** A single-page application: its code exchange needs PKCE. */
  readonly singlePage?: boolean;
}

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
