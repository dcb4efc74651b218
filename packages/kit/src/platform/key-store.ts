/**
 * The keychain of the system (Keychain, Credential Manager, Secret Service): small secrets of one user, by
 * name.
 */

export interface KeyStore {
  /** For messages: `the Keychain of macOS`. */
  readonly name: string;
  /** Returns the secret `name`, or undefined. @throws errors of the keychain if it is locked or missing. */
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  /** Removes a secret; does nothing if there is none. */
  delete(name: string): Promise<void>;
}
