/**
 * The bytes of a request body as every transport sends them: in writes of at most 1 MiB, with the length
 * checked.
 */
import { OneDriveError } from '../errors/index.ts';
import { exactLength } from './exact-length.ts';
import type { HttpBody } from './transport.ts';

/** In measurements, larger writes gained nothing and used memory, smaller ones cost throughput. */
const largestWrite = 1 << 20;

/**
 * Opens a body.
 * @throws OneDriveError `integrity` if the source provides more or fewer bytes than `length`; errors of the
 * source.
 */
export async function* outgoing(body: HttpBody): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of exactLength(body.open(), body.length, (got) => wrongLength(body.length, got))) {
    for (let at = 0; at < chunk.byteLength; at += largestWrite) yield chunk.subarray(at, at + largestWrite);
  }
}

function wrongLength(promised: number | undefined, got: number): OneDriveError {
  const words = got < (promised ?? 0) ? `ended after ${got}` : `continued beyond`;
  return new OneDriveError('integrity', `The data to send ${words} of its ${promised ?? 0} bytes.`, {
    hint: 'The source changed while it was read. Send it again when no program is writing to it.',
  });
}
