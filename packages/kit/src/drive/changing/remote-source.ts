/**
 * A file of one drive as the source of an upload to another: read in ranges, so that a fragment can be
 * repeated.
 */

import { type ErrorCode, isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { refOf } from '../provider/item-home.ts';
import type { DriveProvider } from '../provider/provider.ts';
import type { FileSource } from '../transfer/file-source.ts';
import type { DriveContext } from '../world.ts';

/** Errors of the content hosts for an expired URL. */
const deadPlace: ReadonlySet<ErrorCode> = new Set(['auth-required', 'access-denied', 'not-found']);

/** The content of `item`, which was just read. It must not change in the meantime. */
export function remoteSource(
  { provider }: DriveContext,
  item: DriveItem,
  { signal }: { readonly signal?: AbortSignal | undefined },
): FileSource {
  const { name, size = 0 } = item;
  const modifiedMs = timeOf(item.fileSystemInfo?.lastModifiedDateTime);
  const createdMs = timeOf(item.fileSystemInfo?.createdDateTime);
  let place: Promise<string> | undefined;
  return {
    name,
    size,
    modifiedMs,
    createdMs,
    async *read(start, end) {
      if (end <= start) return;
      place ??= provider.contentPlace(item, { signal });
      const range = { start, end, signal };
      const content = await provider.readContent(await place, range).catch(async (error: unknown) => {
        if (!isOneDriveError(error) || !deadPlace.has(error.code)) throw error;
        // A download URL is valid for an hour, and a large file may take longer.
        place = provider.contentPlace(await unchanged(provider, item, signal), { signal });
        return await provider.readContent(await place, range);
      });
      yield* cut(content.body, start - content.start, end - start, name);
    },
    fingerprint: async () => ({ size, modifiedMs }),
    close: async () => {},
  };
}

/** @throws OneDriveError `integrity` if the content has changed. */
async function unchanged(
  provider: DriveProvider,
  item: DriveItem,
  signal: AbortSignal | undefined,
): Promise<DriveItem> {
  const fresh = await provider.item(refOf(item), { signal });
  if (fresh.size === item.size && fresh.cTag === item.cTag) return fresh;
  throw new OneDriveError('integrity', `${item.name} was changed while it was being copied.`, {
    hint: 'Copy it again when no program is writing to it.',
  });
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Drops bytes outside the range. @throws OneDriveError `integrity` if bytes are missing. */
async function* cut(
  body: AsyncIterable<Uint8Array>,
  skip: number,
  length: number,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let before = skip;
  let left = length;
  for await (const chunk of body) {
    const part = chunk.subarray(before, before + left);
    before = Math.max(0, before - chunk.byteLength);
    left -= part.byteLength;
    if (part.byteLength > 0) yield part;
    if (left === 0) return;
  }
  throw new OneDriveError('integrity', `${name} became shorter while it was being copied.`, {
    hint: 'Copy it again when no program is writing to it.',
  });
}
