/**
 * A stream of known size as a source: its bytes are uploaded as they arrive. The bytes of the current fragment are kept in
 * memory, so that it can be sent again; earlier bytes cannot.
 */
import { type HintStep, OneDriveError } from '../../errors/index.ts';
import type { FileSource } from './file-source.ts';

/** Bytes kept in memory: at least a fragment, or the content of one request. */
const bufferLimit = 16 << 20;

/**
 * Makes a source of a stream whose size is known. Upload it in fragments of at most 10 MiB.
 * @param size bytes.
 * @throws OneDriveError `integrity` while it is read, before its last byte is sent: if the stream has another size, or if
 * bytes are requested that are no longer kept.
 * @example await drive.upload(sizedStreamSource(process.stdin, 1_000_000), 'Backups', { name: 'dump.sql' });
 */
export function sizedStreamSource(stream: AsyncIterable<Uint8Array>, size: number): FileSource {
  const chunks = stream[Symbol.asyncIterator]();
  let buffered: Uint8Array[] = [];
  let bufferStart = 0;
  let bufferEnd = 0;
  const next = async () => {
    const result = await chunks.next();
    return result.done === true ? undefined : result.value;
  };
  const fill = async () => {
    const chunk = await next();
    if (chunk === undefined) throw wrongSize(size, `it ended after ${bufferEnd} bytes`);
    buffered.push(chunk.slice());
    bufferEnd += chunk.byteLength;
    if (bufferEnd > size) throw wrongSize(size, 'it has more');
    // The last bytes are sent only if the stream ends after them.
    for (let extra = bufferEnd === size ? await next() : undefined; extra !== undefined; extra = await next())
      if (extra.byteLength > 0) throw wrongSize(size, 'it has more');
    for (let oldest = buffered[0]; oldest !== undefined; oldest = buffered[0]) {
      if (bufferEnd - bufferStart - oldest.byteLength < bufferLimit) break;
      bufferStart += oldest.byteLength;
      buffered.shift();
    }
  };
  return {
    name: undefined,
    size,
    async *read(start, end) {
      for (let position = start; position < end; ) {
        while (bufferEnd <= position) await fill();
        if (position < bufferStart) throw notRepeatable();
        const chunk = chunkAt(buffered, position - bufferStart).subarray(0, end - position);
        position += chunk.byteLength;
        yield chunk;
      }
    },
    fingerprint: async () => ({ size }),
    close: async () => {
      buffered = [];
      // Not awaited: the chunk that was requested last may never arrive.
      void chunks.return?.().catch(() => undefined);
    },
  };
}

/** The rest of the chunk that contains the byte at `offset`. */
function chunkAt(chunks: readonly Uint8Array[], offset: number): Uint8Array {
  let rest = offset;
  for (const chunk of chunks) {
    if (rest < chunk.byteLength) return chunk.subarray(rest);
    rest -= chunk.byteLength;
  }
  return new Uint8Array(0);
}

const viaTemporaryFile: HintStep = {
  step: 'option',
  option: 'size',
  value: undefined,
  to: 'upload it through a temporary file',
};

function wrongSize(size: number, reason: string): OneDriveError {
  return new OneDriveError('integrity', `The stream does not have the announced ${size} bytes: ${reason}.`, {
    hint: ['Set its exact size.', viaTemporaryFile],
  });
}

function notRepeatable(): OneDriveError {
  return new OneDriveError('integrity', 'The upload must start over, but the stream cannot be read again.', {
    hint: ['Try again.', viaTemporaryFile],
  });
}
