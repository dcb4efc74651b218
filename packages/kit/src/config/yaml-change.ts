/** One value to set, or to remove if `value` is undefined. */
export interface YamlChange {
  readonly path: readonly string[];
  readonly value: string | number | readonly string[] | undefined;
}
