/**
 * The bytes of a request's body, hashed on their way. The last of them goes out only when the source is still what it
 * was after it was read: a request that would make a mix of two states is never whole, so that the service keeps none.
 */
import { describeItem } from '../../graph/item-ref-forms.ts';
import { sameFingerprint } from './file-source.ts';
import { SourceChanged } from './source-changed.ts';
import type { UploadJob } from './upload-job.ts';

/**
 * Bytes [start, end) of the source, in chunks that are valid until the next one is asked for.
 * @throws SourceChanged before the last chunk; OneDriveError `local-file`.
 */
export async function* bytesToSend(
  job: UploadJob,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { source, hash, tell } = job;
  let position = start;
  for await (const chunk of source.read(start, end)) {
    const after = position + chunk.byteLength;
    if (after >= end) await refuseChanged(job);
    hash.add(position, chunk);
    yield chunk;
    position = after;
    tell(position);
  }
}

/** @throws SourceChanged when the source is not any more what it was when the upload began. */
export async function refuseChanged({ source, fingerprint, target }: UploadJob): Promise<void> {
  if (sameFingerprint(fingerprint, await source.fingerprint())) return;
  throw new SourceChanged(
    `The source of ${describeItem(target.at)} changed while it was uploaded.`,
    'Nothing of it is in the drive. Upload it again when nothing writes to it.',
  );
}
