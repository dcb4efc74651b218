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

/** What each list of names selects, found out once: every item of a page is asked with the same list. */
const selections = new WeakMap<readonly string[], ReadonlySet<string>>();

function selectionOf(names: readonly string[]): ReadonlySet<string> {
  const known = selections.get(names);
  if (known !== undefined) return known;
  const made = new Set([
    'id',
    ...names.map((name) =>
      downloadNames.has(name) ? '@microsoft.graph.downloadUrl' : (name.split('/')[0] ?? ''),
    ),
  ]);
  selections.set(names, made);
  return made;
}

/** The part of `value` that `names` select; everything when they are undefined or hold `*`. */
export function selectProperties(
  value: Record<string, unknown>,
  names: readonly string[] | undefined,
): Record<string, unknown> {
  if (names === undefined || names.includes('*')) return value;
  const wanted = selectionOf(names);
  const selected: Record<string, unknown> = {};
  for (const name of Object.keys(value))
    if (wanted.has(name) || name.startsWith('@odata.')) selected[name] = value[name];
  return selected;
}
