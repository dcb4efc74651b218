/** Compares a local file with an item of the drive. Reads the file once if there is a hash to compare. */

import type { DriveItem } from '../../../graph/types/index.ts';
import { quickXorHash } from '../../../hash/index.ts';
import type { FileSource } from '../file-source.ts';
import { isRewritable, verdictOf } from '../verify.ts';

/** Times that differ by less are considered equal, because one side may keep whole seconds only. */
const timeSlackMs = 1000;

/** The facts about a local file that are known without reading it. */
export interface LocalFacts {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
}

/**
 * Equal if size and hash are; without a hash in the drive, if size and modification time are. The size in a list may be
 * wrong: a file with the same time is compared by its hash whatever its size.
 * @param open opens the file; called only if a hash has to be computed.
 */
export async function sameContent(
  { size, modifiedMs }: LocalFacts,
  item: DriveItem,
  open: () => Promise<FileSource>,
): Promise<boolean> {
  if (item.size !== size && !sameTime(modifiedMs, item)) return false;
  if (item.size !== size && item.file?.hashes?.quickXorHash === undefined) return false;
  if (item.file?.hashes?.quickXorHash === undefined) return sameTime(modifiedMs, item);
  const source = await open();
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
 * As {@link sameContent}, for a file to be uploaded. A file that the service rewrites after each upload is compared by its
 * modification time; otherwise it would be uploaded again each time.
 */
export async function alreadyUploaded(
  facts: LocalFacts,
  item: DriveItem,
  open: () => Promise<FileSource>,
): Promise<boolean> {
  return (isRewritable(item) && sameTime(facts.modifiedMs, item)) || (await sameContent(facts, item, open));
}

function sameTime(modifiedMs: number | undefined, item: DriveItem): boolean {
  const remoteMs = Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? '');
  return modifiedMs !== undefined && Math.abs(remoteMs - modifiedMs) < timeSlackMs;
}
