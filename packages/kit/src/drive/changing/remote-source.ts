/** A file of one drive as the source of an upload to another: read in ranges, so that a fragment can be repeated. */

import { type ErrorCode, isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { refOf } from '../provider/item-home.ts';
import type { DriveProvider } from '../provider/provider.ts';
import type { FileSource } from '../transfer/file-source.ts';
import type { DriveContext } from '../world.ts';

/** What the servers of contents say of an address that is too old. */
const deadPlace: ReadonlySet<ErrorCode> = new Set(['auth-required', 'access-denied', 'not-found']);

/** The content of `item`, which was just read. It must not change meanwhile. */
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
        // The address of a content is good for an hour, and a large file may take longer.
        place = provider.contentPlace(await unchanged(provider, item, signal), { signal });
        return await provider.readContent(await place, range);
      });
      yield* cut(content.body, start - content.start, end - start, name);
    },
    fingerprint: async () => ({ size, modifiedMs }),
    close: async () => {},
  };
}

/** @throws OneDriveError `integrity` when it is another content by now. */
async function unchanged(
  provider: DriveProvider,
  item: DriveItem,
  signal: AbortSignal | undefined,
): Promise<DriveItem> {
  const fresh = await provider.item(refOf(item), { signal });
  if (fresh.size === item.size && fresh.cTag === item.cTag) return fresh;
  throw new OneDriveError('integrity', `${item.name} was changed while it was copied.`, {
    hint: 'Copy it again when nobody writes to it.',
  });
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Leaves out what a server gives beside the range. @throws OneDriveError `integrity` when there is less. */
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
  throw new OneDriveError('integrity', `${name} became shorter while it was copied.`, {
    hint: 'Copy it again when nobody writes to it.',
  });
}
