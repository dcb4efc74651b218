/** The key store of the system (Keychain, Credential Manager, Secret Service): small secrets of one user, by name. */

export interface KeyStore {
  /** For people: `the key store of the system`. */
  readonly name: string;
  /** The secret under `name`, or undefined. @throws whatever the store says when it is locked or gone. */
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  /** Removes it; a missing one is no error. */
  delete(name: string): Promise<void>;
}
