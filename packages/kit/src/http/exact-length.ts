/** Holds a stream of bytes to its promised length, in both directions: a short or long body must never pass as whole. */

/**
 * The same chunks, unless they add up to anything but `length`.
 * @param length in bytes; undefined lets everything through.
 * @param mismatch makes the error from the number of bytes that came.
 */
export async function* exactLength(
  chunks: AsyncIterable<Uint8Array>,
  length: number | undefined,
  mismatch: (got: number) => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  let got = 0;
  for await (const chunk of chunks) {
    got += chunk.byteLength;
    if (length !== undefined && got > length) throw mismatch(got);
    yield chunk;
  }
  if (length !== undefined && got < length) throw mismatch(got);
}
