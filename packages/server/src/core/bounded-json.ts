/** Parses JSON from clients: it must be UTF-8, and its nesting is limited so that recursive code can process it. */

/** Maximum nesting of objects and lists in a body, and of parentheses in a query option. */
export const maxNesting = 100;

/** Parses JSON. @throws SyntaxError for text that is not JSON, or that is nested more than {@link maxNesting} levels. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError(`The JSON is nested more than ${maxNesting} levels.`);
  return JSON.parse(text) as unknown;
}

/** Decodes the text of a body. @throws TypeError if the bytes are not UTF-8. */
export async function utf8Text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openList || code === openObject) {
      depth += 1;
      if (depth > maxNesting) return true;
    } else if (code === closeList || code === closeObject) depth -= 1;
  }
  return false;
}

/** The index of the end of the string that starts at `start`, or the length of the text if the string does not end. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}
