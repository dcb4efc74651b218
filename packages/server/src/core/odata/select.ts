/**
 * `$select`: selects the properties of an object that are returned. The id is always returned; a download URL has three
 * names; unknown names are ignored.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/working-with-cors
 */

const downloadNames = new Set([
  'content.downloadUrl',
  '@content.downloadUrl',
  '@microsoft.graph.downloadUrl',
]);

/** Parsed selections by their names, because every item of a page has the same selection. */
const selections = new WeakMap<readonly string[], ReadonlySet<string>>();

function selectionOf(names: readonly string[]): ReadonlySet<string> {
  const cached = selections.get(names);
  if (cached !== undefined) return cached;
  const selection = new Set([
    'id',
    ...names.map((name) =>
      downloadNames.has(name) ? '@microsoft.graph.downloadUrl' : (name.split('/')[0] ?? ''),
    ),
  ]);
  selections.set(names, selection);
  return selection;
}

/** Returns the properties of `value` that `names` select; all of them if `names` is undefined or contains `*`. */
export function selectProperties(
  value: Record<string, unknown>,
  names: readonly string[] | undefined,
): Record<string, unknown> {
  if (names === undefined || names.includes('*')) return value;
  const selection = selectionOf(names);
  const selected: Record<string, unknown> = {};
  for (const name of Object.keys(value))
    if (selection.has(name) || name.startsWith('@odata.')) selected[name] = value[name];
  return selected;
}
