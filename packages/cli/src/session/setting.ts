/** Environment variables as settings. */

/** An empty variable counts as one that is not set. */
export function setting(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
