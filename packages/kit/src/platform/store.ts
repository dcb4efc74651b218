/** Small durable records (profiles, tokens, transfer journals) with compare-and-set, so two processes cannot lose a write. */

export interface StoredValue {
  readonly text: string;
  /** Opaque; changes with every write. */
  readonly version: string;
}

/** Durable texts under keys. */
export interface Store {
  /** The value under `key`, or undefined. Keys are relative, slash-separated names: `tokens/work.json`. */
  read(key: string): Promise<StoredValue | undefined>;
  /**
   * Writes atomically and durably: after a crash the old or the new text is there, whole.
   * @param options.ifVersion write only over this version; `null` means only where nothing is.
   * @returns the new version
   * @throws OneDriveError `conflict` when `ifVersion` does not hold.
   */
  write(key: string, text: string, options?: { readonly ifVersion?: string | null }): Promise<string>;
  /** Removes the key; a missing key is no error. */
  delete(key: string): Promise<void>;
  /** Keys that start with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
}
