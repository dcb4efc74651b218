/** A file of one drive as the source of an upload to another: read in ranges, so that a fragment can be repeated. */

import { OneDriveError } from '../errors/index.ts';
import type { DriveItem } from '../graph/types/index.ts';
import type { FileSource } from './transfer/file-source.ts';
import type { DriveContext } from './world.ts';

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
      const content = await provider.readContent(await place, { start, end, signal });
      yield* cut(content.body, start - content.start, end - start, name);
    },
    fingerprint: async () => ({ size, modifiedMs }),
    close: async () => {},
  };
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
