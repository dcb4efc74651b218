/** Is a local file what the drive has already? Reads the file once where there is a hash to compare. */

import type { DriveItem } from '../../../graph/types/index.ts';
import { quickXorHash } from '../../../hash/index.ts';
import type { FileSource } from '../file-source.ts';
import { isRewritable, verdictOf } from '../verify.ts';

/** Times differ by less than this where one side keeps whole seconds. */
const timeSlackMs = 1000;

/** What is known of a local file without reading it. */
export interface LocalFacts {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
}

/**
 * Same size and hash; same size and time where the drive offers no hash. A listed size may be wrong: a file with the
 * same time is compared by its hash whatever its size.
 * @param read opens the file; called only when the sizes agree.
 */
export async function sameContent(
  { size, modifiedMs }: LocalFacts,
  item: DriveItem,
  read: () => Promise<FileSource>,
): Promise<boolean> {
  if (item.size !== size && !sameTime(modifiedMs, item)) return false;
  if (item.size !== size && item.file?.hashes?.quickXorHash === undefined) return false;
  if (item.file?.hashes?.quickXorHash === undefined) return sameTime(modifiedMs, item);
  const source = await read();
  try {
    const hash = quickXorHash();
    for await (const chunk of source.read(0, source.size)) hash.update(chunk);
    const verdict = verdictOf({ size: source.size, hash: hash.digest() }, item);
    return verdict === 'verified' || (verdict === 'size-only' && sameTime(modifiedMs, item));
  } finally {
    await source.close();
  }
}

/**
 * The same of a file that is to be uploaded; one that the service rewrites after each upload counts by its time, or it
 * would be sent again for ever.
 */
export async function alreadyUploaded(
  facts: LocalFacts,
  item: DriveItem,
  read: () => Promise<FileSource>,
): Promise<boolean> {
  return (isRewritable(item) && sameTime(facts.modifiedMs, item)) || (await sameContent(facts, item, read));
}

function sameTime(modifiedMs: number | undefined, item: DriveItem): boolean {
  const there = Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? '');
  return modifiedMs !== undefined && Math.abs(there - modifiedMs) < timeSlackMs;
}
