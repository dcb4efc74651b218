/** Wrong bytes: one bit of the first byte only, since the same change of every byte can cancel itself out in a linear hash. */
export async function* flipped(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let first = true;
  for await (const chunk of chunks) {
    const copy = chunk.slice();
    if (first && copy[0] !== undefined) copy[0] ^= 1;
    first = false;
    yield copy;
  }
}
