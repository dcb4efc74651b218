/** Writes lists entry by entry if the output format allows it, so that long lists need little memory. */
import { type OutputFlags, presentable, safeJson } from './printer.ts';

/** Whether entries can be written one by one: JSON formats without a selection. */
export function writesEach({ json, ndjson = false, query, objectKey }: OutputFlags): boolean {
  return (json || ndjson) && query === undefined && objectKey === undefined;
}

/** Approximate number of characters per write. */
const chunkLength = 64 << 10;

/** The text of a list in chunks, the same as `render` returns for the whole list: lines for `--ndjson`, else an array. */
export async function* eachRendered(
  entries: AsyncIterable<unknown>,
  { ndjson = false }: OutputFlags,
): AsyncGenerator<string, void, undefined> {
  let text = ndjson ? '' : '[';
  let separator = '\n  ';
  for await (const entry of entries) {
    const value = presentable(entry);
    if (ndjson) text += `${safeJson(value)}\n`;
    else text += separator + safeJson(value, 2).replaceAll('\n', '\n  ');
    separator = ',\n  ';
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  if (!ndjson) text += separator === '\n  ' ? ']\n' : '\n]\n';
  if (text !== '') yield text;
}
