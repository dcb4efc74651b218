/** The bytes of a request as every transport sends them: cut to writes of at most 1 MiB and held to their length. */
import { OneDriveError } from '../errors/index.ts';
import { exactLength } from './exact-length.ts';
import type { HttpBody } from './transport.ts';

/** Measured: larger writes gain nothing and hold memory, smaller ones cost throughput. */
const largestWrite = 1 << 20;

/**
 * Opens a body.
 * @throws OneDriveError `integrity` when the source gives more or fewer bytes than `length`; what the source throws.
 */
export async function* outgoing(body: HttpBody): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of exactLength(body.open(), body.length, (got) => wrongLength(body.length, got))) {
    for (let at = 0; at < chunk.byteLength; at += largestWrite) yield chunk.subarray(at, at + largestWrite);
  }
}

function wrongLength(promised: number | undefined, got: number): OneDriveError {
  const words = got < (promised ?? 0) ? `ended after ${got}` : `went on beyond`;
  return new OneDriveError('integrity', `What was to be sent ${words} of its ${promised ?? 0} bytes.`, {
    hint: 'The source changed while it was read: send it again when nothing writes to it.',
  });
}
