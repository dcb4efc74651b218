/** Lists written as they come, where the form allows it: then a list of any length takes little memory. */
import { type OutputFlags, presentable, safeJson } from './printer.ts';

/** True when an entry can be written before the next one is known: JSON, of a list that nothing selects from. */
export function writesEach({ json, ndjson = false, query, objectKey }: OutputFlags): boolean {
  return (json || ndjson) && query === undefined && objectKey === undefined;
}

/** About as much text as is written at a time. */
const piece = 64 << 10;

/** The text of a list in pieces, the same that `render` gives for the whole: by `--ndjson` a line each, else an array. */
export async function* eachRendered(
  entries: AsyncIterable<unknown>,
  { ndjson = false }: OutputFlags,
): AsyncGenerator<string, void, undefined> {
  let text = ndjson ? '' : '[';
  let separator = '\n  ';
  for await (const entry of entries) {
    const one = presentable(entry);
    if (ndjson) text += `${safeJson(one)}\n`;
    else text += separator + safeJson(one, 2).replaceAll('\n', '\n  ');
    separator = ',\n  ';
    if (text.length < piece) continue;
    yield text;
    text = '';
  }
  if (!ndjson) text += separator === '\n  ' ? ']\n' : '\n]\n';
  if (text !== '') yield text;
}
