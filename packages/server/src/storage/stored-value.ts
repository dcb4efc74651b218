/** Documents are handed to everyone who asks, so nobody may change one: they are frozen, in both storages. */

/** `value` as it comes back from JSON, frozen all the way down. */
export function storedValue(value: unknown): unknown {
  return frozen(JSON.parse(JSON.stringify(value)) as unknown);
}

/** Freezes plain JSON all the way down. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
