/**
 * How much OData says about itself: `Accept: application/json;odata.metadata=none` leaves the control information out,
 * but for links to go on by and counts. https://docs.oasis-open.org/odata/odata-json-format/v4.01 §3.1
 */

/** Does a request want none of it? */
export const wantsNoMetadata = (accept: string | undefined): boolean =>
  /;\s*odata(?:\.metadata)?\s*=\s*none\b/i.test(accept ?? '');

const kept = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

/** A value without its control information, at any depth. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes('@odata.') || kept.has(name) || name.endsWith('@odata.nextLink'))
      .map(([name, one]) => [name, withoutMetadata(one)]),
  );
}
