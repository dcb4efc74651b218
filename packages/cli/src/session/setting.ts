/** Reads settings from environment variables. */

/** The value; undefined for an empty variable, which is treated as not set. */
export function setting(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
