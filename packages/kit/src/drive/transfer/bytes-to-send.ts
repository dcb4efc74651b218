/**
 * The bytes of a request body, hashed while they are sent. The last chunk is sent only if the source has not changed while
 * it was read: a request that would mix two states is never complete, so the service does not store it.
 */
import { describeItem } from '../../graph/item-ref-forms.ts';
import { sameFingerprint } from './file-source.ts';
import { SourceChanged } from './source-changed.ts';
import type { UploadJob } from './upload-job.ts';

/**
 * Bytes [start, end) of the source, in chunks that are valid until the next chunk is requested.
 * @throws SourceChanged before the last chunk; OneDriveError `local-file`.
 */
export async function* bytesToSend(
  job: UploadJob,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { source, hash, reportProgress } = job;
  let position = start;
  for await (const chunk of source.read(start, end)) {
    const nextPosition = position + chunk.byteLength;
    if (nextPosition >= end) await requireUnchanged(job);
    hash.add(position, chunk);
    yield chunk;
    position = nextPosition;
    reportProgress(position);
  }
}

/** @throws SourceChanged if the source has changed since the upload started. */
export async function requireUnchanged({ source, fingerprint, target }: UploadJob): Promise<void> {
  if (sameFingerprint(fingerprint, await source.fingerprint())) return;
  throw new SourceChanged(
    `The source of ${describeItem(target.at)} changed while it was uploaded.`,
    'Nothing was stored in the drive. Upload it again when no program writes to the source.',
  );
}
