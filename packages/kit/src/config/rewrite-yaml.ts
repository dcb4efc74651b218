/**
 * The fallback of `edit-yaml`: changes the parsed document and prints it completely. Comments, order and
 * unknown keys are kept.
 */
import type { Node } from 'yaml';
import type { YamlChange } from './yaml-change.ts';
import { isNothing, parseYaml, type YamlSource } from './yaml-source.ts';

/**
 * The text of the document after `change`; undefined if the library cannot write it, for example an alias
 * without its anchor.
 */
export function rewriteWhole(source: YamlSource, { path, value }: YamlChange): string | undefined {
  const { document } = parseYaml(source.path, source.text);
  clearEmptySections(document, path);
  if (value === undefined) {
    document.deleteIn(path);
  } else {
    document.setIn(path, quoted(document, value));
  }
  const text = printed(document);
  if (text === undefined) return undefined;
  return source.text.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}

/** `auth:` without a value is an empty text for the parser, which cannot have keys. */
function clearEmptySections(document: YamlSource['document'], path: readonly string[]): void {
  for (let depth = 1; depth < path.length; depth++) {
    const at = path.slice(0, depth);
    const node = document.getIn(at, true) as Node | undefined;
    if (node && isNothing(node)) document.setIn(at, document.createNode({}));
  }
}

/** The failsafe schema needs no quotes around digits; other readers of the file do. */
function quoted(document: YamlSource['document'], value: string | number | readonly string[]): unknown {
  if (typeof value !== 'string')
    return document.createNode(typeof value === 'number' ? String(value) : value);
  const node = document.createNode(value);
  node.type = 'QUOTE_DOUBLE';
  return node;
}

function printed(document: YamlSource['document']): string | undefined {
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined;
  }
}
