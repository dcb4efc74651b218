/** Versions of a file: lists them, and downloads one with all features of other downloads. */
import { OneDriveError } from '../../errors/index.ts';
import { getVersionContent, listVersions } from '../../graph/endpoints/versions.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import type { DriveItem, DriveItemVersion } from '../../graph/types/index.ts';
import { discard } from '../../http/read.ts';
import type { Target } from '../address/target.ts';
import { graphPlace } from '../provider/graph-place.ts';
import { refOf } from '../provider/item-home.ts';
import type { DriveProvider, GraphPlace } from '../provider/provider.ts';
import { behind, stat } from '../stat.ts';
import { download } from '../transfer/download.ts';
import type { DownloadOptions } from '../transfer/download-options.ts';
import type { FileSink } from '../transfer/file-sink.ts';
import type { TransferResult } from '../transfer/upload.ts';
import type { DriveContext } from '../world.ts';

/** Lists the versions of a file, newest first. @throws OneDriveError `not-supported` over Live v5.0. */
export async function versionsOf(
  context: DriveContext,
  item: DriveItem,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly DriveItemVersion[]> {
  const { client, ref } = graphPlace(context, 'versions of files');
  const found: DriveItemVersion[] = [];
  for await (const version of listVersions(client, ref, refOf(item), { signal })) found.push(version);
  return found;
}

/**
 * Downloads a version of a file: resumed after an interruption, and verified. The service returns the size of
 * every version, but only the hash of the current one; the verdict of an earlier one is therefore `size-only`
 * at best.
 * @throws OneDriveError `not-found` if the version does not exist; `not-supported` over Live v5.0; like
 * `download`.
 */
export async function downloadVersion(
  context: DriveContext,
  target: Target,
  versionId: string,
  sink: FileSink,
  options: Omit<DownloadOptions, 'item'> = {},
): Promise<TransferResult> {
  const place = graphPlace(context, 'versions of files');
  const item = await behind(context, await stat(context, target, options), options);
  const versions = await versionsOf(context, item, options);
  const version = versions.find(({ id }) => id === versionId);
  if (version === undefined) throw noSuchVersion(item, versionId, versions);
  if (version === versions[0]) return await download(context, refOf(item), sink, { ...options, item });
  const then = stateOf(item, version);
  const provider = providerOf(context.provider, place, { item, then, versionId });
  // It has its own entry in the journal: that of the file is for the current content.
  const at = { ...refOf(item), path: [`${versionMark}${versionId}`] };
  return await download({ ...context, provider }, at, sink, { ...options, item: then });
}

/** Marks a version in the journal of transfers: item names cannot contain a colon. */
const versionMark = 'version:';

/** The version in a ref of the journal; undefined for an ordinary file. Pure. */
export function versionInRef({ path }: ItemRef): string | undefined {
  const name = path.at(-1);
  return name?.startsWith(versionMark) === true ? name.slice(versionMark.length) : undefined;
}

/** The item with the properties of the version: those of the current content are removed. */
function stateOf(item: DriveItem, { id, size, lastModifiedDateTime }: DriveItemVersion): DriveItem {
  const { name, eTag, cTag, file } = item;
  return {
    id: item.id,
    name,
    ...(item.parentReference === undefined ? {} : { parentReference: item.parentReference }),
    ...(eTag === undefined ? {} : { eTag }),
    cTag: `${cTag ?? eTag ?? ''} version ${id}`,
    file: file?.mimeType === undefined ? {} : { mimeType: file.mimeType },
    ...(size === undefined ? {} : { size }),
    ...(lastModifiedDateTime === undefined ? {} : { fileSystemInfo: { lastModifiedDateTime } }),
  };
}

/** A provider that returns the version's content as the content of the file. */
function providerOf(
  provider: DriveProvider,
  { client, ref }: GraphPlace,
  {
    item,
    then,
    versionId,
  }: { readonly item: DriveItem; readonly then: DriveItem; readonly versionId: string },
): DriveProvider {
  return {
    ...provider,
    item: async () => then,
    contentPlace: async (_, { signal }) => {
      const answer = await getVersionContent(client, ref, refOf(item), versionId, { signal });
      await discard(answer);
      const place = answer.headers['location'];
      if (place !== undefined) return place;
      throw new OneDriveError('protocol', `The service returned no location for version ${versionId}.`);
    },
  };
}

function noSuchVersion(
  item: DriveItem,
  versionId: string,
  versions: readonly DriveItemVersion[],
): OneDriveError {
  return new OneDriveError('not-found', `${item.name} has no version ${JSON.stringify(versionId)}.`, {
    hint: `It has: ${versions.map(({ id }) => id).join(', ')}.`,
  });
}
