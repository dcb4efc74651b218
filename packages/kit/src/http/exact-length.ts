/**
 * Checks that a stream of bytes has its declared length, for requests and responses: a short or long body
 * must never pass as complete.
 */

/**
 * Passes the chunks through and throws unless they add up to `length`.
 * @param length in bytes; if undefined, nothing is checked.
 * @param mismatch creates the error from the number of bytes received.
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
