/**
 * A stream whose size is known before it ends, as a source: its bytes are uploaded as they arrive. The bytes of the
 * fragment on its way are kept in memory, so that it can be sent again; earlier ones cannot.
 */
import { OneDriveError } from '../../errors/index.ts';
import type { FileSource } from './file-source.ts';

/** Bytes that are kept: a fragment, or what goes in one request. */
const window = 16 << 20;

/**
 * Makes a source of a stream. Upload it with fragments of at most 10 MiB.
 * @param size bytes.
 * @throws OneDriveError `integrity` while it is read, before its last byte is sent: if the stream has another size, or if
 * bytes are wanted that are kept no more.
 * @example await drive.upload(knownStream(process.stdin, 1_000_000), 'Backups', { name: 'dump.sql' });
 */
export function knownStream(stream: AsyncIterable<Uint8Array>, size: number): FileSource {
  const chunks = stream[Symbol.asyncIterator]();
  let kept: Uint8Array[] = [];
  let first = 0;
  let end = 0;
  const next = async () => {
    const result = await chunks.next();
    return result.done === true ? undefined : result.value;
  };
  const fill = async () => {
    const chunk = await next();
    if (chunk === undefined) throw otherSize(size, `it ended after ${end}`);
    kept.push(chunk.slice());
    end += chunk.byteLength;
    if (end > size) throw otherSize(size, 'there are more');
    // The last bytes go out only when nothing follows them.
    for (let more = end === size ? await next() : undefined; more !== undefined; more = await next())
      if (more.byteLength > 0) throw otherSize(size, 'there are more');
    for (let oldest = kept[0]; oldest !== undefined; oldest = kept[0]) {
      if (end - first - oldest.byteLength < window) break;
      first += oldest.byteLength;
      kept.shift();
    }
  };
  return {
    name: undefined,
    size,
    async *read(start, to) {
      for (let at = start; at < to; ) {
        while (end <= at) await fill();
        if (at < first) throw goneBytes();
        const chunk = chunkAt(kept, at - first).subarray(0, to - at);
        at += chunk.byteLength;
        yield chunk;
      }
    },
    fingerprint: async () => ({ size }),
    close: async () => {
      kept = [];
      // Not waited for: the chunk that was asked for last may never come.
      void chunks.return?.().catch(() => undefined);
    },
  };
}

/** The rest of the chunk that holds the byte at `offset`. */
function chunkAt(chunks: readonly Uint8Array[], offset: number): Uint8Array {
  let left = offset;
  for (const chunk of chunks) {
    if (left < chunk.byteLength) return chunk.subarray(left);
    left -= chunk.byteLength;
  }
  return new Uint8Array(0);
}

function otherSize(size: number, what: string): OneDriveError {
  return new OneDriveError(
    'integrity',
    `The stream does not have the ${size} bytes that were announced: ${what}.`,
    {
      hint: 'Give its exact size, or leave out --size to upload it through a temporary file.',
    },
  );
}

function goneBytes(): OneDriveError {
  return new OneDriveError('integrity', 'The upload would have to start again, and the stream cannot.', {
    hint: 'Start it again, or leave out --size: the stream then waits in a temporary file.',
  });
}
