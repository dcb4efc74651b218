/**
 * Changes single values in a YAML text and leaves every other byte unchanged: comments, order, quotes,
 * alignment, line endings and unknown keys. An edit is a splice at the position that the parser reports; the
 * result is parsed again and compared with the intended one. If a splice is not possible (unusual but valid
 * YAML), the library writes the whole document: comments and order are kept, only the layout may change.
 */
import { isMap, isScalar, type Node } from 'yaml';
import { isPlain } from './render-yaml.ts';
import { rewriteWhole } from './rewrite-yaml.ts';
import { splice } from './splice-yaml.ts';
import type { YamlChange } from './yaml-change.ts';
import { faultAt, isNothing, parseYaml, type YamlSource } from './yaml-source.ts';

/**
 * Returns `text` with `changes` applied in order.
 * @param path of the file, for messages.
 * @throws OneDriveError `config` if `text` is not YAML, or a change would affect an alias or a list.
 */
export function editYaml(path: string, text: string, changes: readonly YamlChange[]): string {
  return changes.reduce((current, change) => applyChange(parseYaml(path, current), change), text);
}

function applyChange(source: YamlSource, change: YamlChange): string {
  refuseDetours(source, change.path);
  const now: unknown = source.document.toJS() ?? {};
  const meant = canonical(applied(now, change));
  if (meant === canonical(now) && !lacksQuotes(source, change)) return source.text;
  const spliced = splice(source, change);
  if (spliced !== undefined && means(source.path, spliced, meant)) return spliced;
  const rewritten = rewriteWhole(source, change);
  if (rewritten !== undefined && means(source.path, rewritten, meant)) return rewritten;
  throw faultAt(source, 0, `${change.path.join('.')} was expected to be a plain key that can be changed`);
}

/** True for a bare `0123`, which is the correct text for this program but a number for others. */
function lacksQuotes({ document }: YamlSource, { path, value }: YamlChange): boolean {
  const node = document.getIn(path, true);
  return typeof value === 'string' && isScalar(node) && node.type === 'PLAIN' && !isPlain(value);
}

/** A change through an alias would change the other place too. */
function refuseDetours(source: YamlSource, path: readonly string[]): void {
  let node: unknown = source.document.contents;
  for (const key of path) {
    if (isNothing((node ?? undefined) as Node | undefined)) return;
    if (!isMap(node))
      throw faultAt(
        source,
        (node as { range?: number[] }).range?.[0] ?? 0,
        `a section with the key ${key} was expected, not a list or an alias`,
      );
    node = node.get(key, true);
  }
}

type Tree = Readonly<Record<string, unknown>>;

function applied(tree: unknown, { path, value }: YamlChange): Tree {
  const [key, ...rest] = path;
  const map = new Map<string, unknown>(Object.entries(typeof tree === 'object' && tree !== null ? tree : {}));
  if (key === undefined) return Object.fromEntries(map);
  if (rest.length > 0) {
    if (value !== undefined || map.has(key)) map.set(key, applied(map.get(key), { path: rest, value }));
  } else if (value === undefined) {
    map.delete(key);
  } else {
    map.set(key, typeof value === 'number' ? String(value) : value);
  }
  return Object.fromEntries(map);
}

function means(path: string, text: string, meant: string): boolean {
  try {
    return canonical(parseYaml(path, text).document.toJS() ?? {}) === meant;
  } catch {
    return false;
  }
}

/** An empty section has the same meaning in each notation: `auth:`, `auth: {}`. */
function canonical(tree: unknown): string {
  return JSON.stringify(tree, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
      ? ''
      : value,
  );
}
