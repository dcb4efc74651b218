/** The lines of an input as they arrive, including a last one without a newline. */
import type { Input } from '../streams.ts';

const maxLength = 64 << 10;

/** Stops at a line longer than 64 KiB: no address is that long. */
export async function* typedLines(input: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input.bytes()) {
    rest += decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield rest.slice(0, end);
      rest = rest.slice(end + 1);
    }
    if (rest.length > maxLength) return;
  }
  if (rest !== '') yield rest;
}
