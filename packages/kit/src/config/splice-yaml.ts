/**
 * The precise part of `edit-yaml`: replaces, inserts or removes the bytes of one value. Returns undefined for
 * an unknown layout; the caller compares every result with the intended one, so an error here costs only the
 * layout.
 */
import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { renderEntry, renderValue } from './render-yaml.ts';
import type { YamlChange } from './yaml-change.ts';
import type { YamlSource } from './yaml-source.ts';

/** The text after `change`, or undefined. */
export function splice(source: YamlSource, change: YamlChange): string | undefined {
  const { contents } = source.document;
  if (contents === null || (isScalar(contents) && contents.value === '')) return appendTop(source, change);
  if (!isMap(contents)) return undefined;
  return spliceInto(source, contents, change.path, change.value);
}

function appendTop({ text }: YamlSource, { path, value }: YamlChange): string | undefined {
  if (value === undefined) return text;
  const newline = newlineOf(text);
  const start = text === '' || text.endsWith('\n') ? '' : newline;
  return text + start + renderEntry(path, value, '', newline);
}

function spliceInto(
  source: YamlSource,
  map: YAMLMap,
  path: readonly string[],
  value: YamlChange['value'],
): string | undefined {
  const [key, ...rest] = path;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key) as
    | Pair<Node, Node | null>
    | undefined;
  if (!pair) return value === undefined ? source.text : insertEntry(source, map, path, value);
  if (rest.length === 0)
    return value === undefined ? removeEntry(source, map, pair) : replaceValue(source, pair, value);
  if (isMap(pair.value)) return spliceInto(source, pair.value, rest, value);
  return value === undefined ? source.text : fillSection(source, pair, rest, value);
}

/** `key: old  # why` → `key: new  # why` */
function replaceValue(
  { text }: YamlSource,
  pair: Pair<Node, Node | null>,
  value: Exclude<YamlChange['value'], undefined>,
): string | undefined {
  const node = pair.value;
  if (!node?.range || (isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')))
    return undefined;
  const [start, end] = node.range;
  if (start === end) return fillValue(text, pair.key, start, value);
  return text.slice(0, start) + renderValue(value) + text.slice(end);
}

/** `key:   # why` → `key: new   # why`: the parser places an empty value just before the comment. */
function fillValue(
  text: string,
  key: Node,
  end: number,
  value: Exclude<YamlChange['value'], undefined>,
): string | undefined {
  const colon = key.range ? text.slice(0, end).indexOf(':', key.range[1]) : -1;
  if (colon < 0) return undefined;
  return `${text.slice(0, colon + 1)} ${renderValue(value)}${text.slice(colon + 1)}`;
}

/** A new line at the end of a block section, or a new entry in `{…}`. */
function insertEntry(
  { text }: YamlSource,
  map: YAMLMap,
  path: readonly string[],
  value: Exclude<YamlChange['value'], undefined>,
): string | undefined {
  const last = map.items.at(-1) as Pair<Node, Node | null> | undefined;
  if (map.flow) {
    if (path.length > 1 || !map.range) return undefined;
    const entry = `${path[0] ?? ''}: ${renderValue(value)}`;
    const at = last ? last.value?.range?.[1] : map.range[0] + 1;
    return at === undefined ? undefined : text.slice(0, at) + (last ? `, ${entry}` : entry) + text.slice(at);
  }
  const first = map.items[0] as Pair<Node, Node | null> | undefined;
  const end = last?.value?.range?.[1];
  if (!first?.key.range || end === undefined) return undefined;
  const indent = text.slice(lineStart(text, first.key.range[0]), first.key.range[0]);
  if (indent.trim() !== '') return undefined;
  return insertLines(text, text[end - 1] === '\n' ? end : lineEnd(text, end), path, value, indent);
}

/** An empty section such as `auth:` gets its first entry. */
function fillSection(
  { text }: YamlSource,
  pair: Pair<Node, Node | null>,
  path: readonly string[],
  value: Exclude<YamlChange['value'], undefined>,
): string | undefined {
  if (!pair.key.range || !pair.value?.range || (isScalar(pair.value) && pair.value.value !== ''))
    return undefined;
  const start = pair.key.range[0];
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() !== '') return undefined;
  return insertLines(text, lineEnd(text, start), path, value, `${indent}  `);
}

function insertLines(
  text: string,
  at: number,
  path: readonly string[],
  value: Exclude<YamlChange['value'], undefined>,
  indent: string,
): string {
  const newline = newlineOf(text);
  const before = at > 0 && text[at - 1] !== '\n' ? newline : '';
  return text.slice(0, at) + before + renderEntry(path, value, indent, newline) + text.slice(at);
}

function removeEntry({ text }: YamlSource, map: YAMLMap, pair: Pair<Node, Node | null>): string | undefined {
  const end = pair.value?.range?.[1];
  if (map.flow || !pair.key.range || end === undefined) return undefined;
  const start = lineStart(text, pair.key.range[0]);
  if (text.slice(start, pair.key.range[0]).trim() !== '') return undefined;
  return text.slice(0, start) + text.slice(text[end - 1] === '\n' ? end : lineEnd(text, end));
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The position after the newline that ends the line of `at`. */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
