/**
 * Small durable records (profiles, tokens, transfer journals) with compare-and-set, so that concurrent
 * writers lose no change.
 */

export interface StoredValue {
  readonly text: string;
  /** Opaque; changes with every write. */
  readonly version: string;
}

/** Durable texts by key. */
export interface Store {
  /**
   * Returns the value of `key`, or undefined. Keys are relative, slash-separated names: `tokens/work.json`.
   */
  read(key: string): Promise<StoredValue | undefined>;
  /**
   * Writes atomically and durably: after a crash the old or the new text is there, complete.
   * @param options.ifVersion write only over this version; `null` means only if the key does not exist.
   * @returns the new version
   * @throws OneDriveError `conflict` if `ifVersion` does not match.
   */
  write(key: string, text: string, options?: { readonly ifVersion?: string | null }): Promise<string>;
  /** Removes the key; does nothing if it does not exist. */
  delete(key: string): Promise<void>;
  /** Keys that start with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
}
