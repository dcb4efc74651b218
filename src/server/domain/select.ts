/**
 * `$select`: what of an object goes on the wire. The id always does; a download URL can be named in three ways, and a
 * name that nobody knows selects nothing.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/working-with-cors
 */

const downloadNames = new Set([
  'content.downloadUrl',
  '@content.downloadUrl',
  '@microsoft.graph.downloadUrl',
]);

/** The part of `value` that `names` select; everything when they are undefined or hold `*`. */
export function selectProperties(
  value: Record<string, unknown>,
  names: readonly string[] | undefined,
): Record<string, unknown> {
  if (names === undefined || names.includes('*')) return value;
  const wanted = new Set([
    'id',
    ...names.map((name) => (downloadNames.has(name) ? '@microsoft.graph.downloadUrl' : name.split('/')[0])),
  ]);
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => wanted.has(name) || name.startsWith('@odata.')),
  );
}
