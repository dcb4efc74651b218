/** Lines of an input as they come, the last one also without a newline. */
import type { Input } from '../streams.ts';

const longest = 64 << 10;

/** Stops at a line beyond 64 KiB: no address is that long. */
export async function* typedLines(input: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input.bytes()) {
    rest += decoder.decode(chunk, { stream: true });
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      yield rest.slice(0, end);
      rest = rest.slice(end + 1);
    }
    if (rest.length > longest) return;
  }
  if (rest !== '') yield rest;
}
