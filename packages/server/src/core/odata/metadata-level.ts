/**
 * OData metadata levels: `Accept: application/json;odata.metadata=none` removes the control information except next links,
 * delta links and counts. https://docs.oasis-open.org/odata/odata-json-format/v4.01 §3.1
 */

/** Whether a request asks for the level `none`. */
export const wantsNoMetadata = (accept: string | undefined): boolean =>
  /;\s*odata(?:\.metadata)?\s*=\s*none\b/i.test(accept ?? '');

const minimalAnnotations = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

/** Removes control information from a value, at any depth. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name]) =>
          !name.includes('@odata.') || minimalAnnotations.has(name) || name.endsWith('@odata.nextLink'),
      )
      .map(([name, one]) => [name, withoutMetadata(one)]),
  );
}
