/** Thumbnails that the service renders, and the preview page of an item. */
import { OneDriveError } from '../errors/index.ts';
import { readContent } from '../graph/endpoints/content.ts';
import { getThumbnail, listThumbnails, previewItem } from '../graph/endpoints/metadata.ts';
import type { Thumbnail } from '../graph/types/index.ts';
import { readBytes } from '../http/read.ts';
import { type DriveOptions, resolve, type Target } from './address/target.ts';
import { explained } from './explain-missing.ts';
import { graphPlace } from './provider/graph-place.ts';
import type { DriveContext } from './world.ts';

/** A thumbnail without its URL, which is a secret. */
export interface ThumbnailFacts {
  /** `small`, `medium`, `large` or `source`. */
  readonly size: string;
  /** Pixels. */
  readonly width: number | undefined;
  /** Pixels. */
  readonly height: number | undefined;
}

/**
 * Lists the thumbnails of an item; empty if the service cannot render it.
 * @throws OneDriveError `not-found`, `not-supported` over Live v5.0.
 */
export async function thumbnailsOf(
  context: DriveContext,
  target: Target,
  options: DriveOptions = {},
): Promise<readonly ThumbnailFacts[]> {
  const { client, ref } = graphPlace(context, 'list of thumbnails');
  const { signal } = options;
  return await explained(context, resolve(target, options.as), options, async (at) => {
    const found: ThumbnailFacts[] = [];
    for await (const set of listThumbnails(client, ref, at, { signal }))
      for (const [size, picture] of Object.entries(set) as [string, string | Thumbnail][])
        if (typeof picture === 'object') found.push({ size, width: picture.width, height: picture.height });
    return found;
  });
}

/** A thumbnail in memory. */
export interface ThumbnailContent extends ThumbnailFacts {
  readonly bytes: Uint8Array;
}

/** Maximum size of a thumbnail: the largest that the service renders are a few MiB. */
const largestThumbnail = 64 << 20;

/**
 * Downloads a thumbnail of an item.
 * @param size `small` (96 pixels), `medium` (176), `large` (800 on the longer edge), or `c400x300`,
 * `c400x300_crop`.
 * @throws OneDriveError `usage` for an invalid size; `not-found` if there is no thumbnail; `not-supported`.
 */
export async function readThumbnail(
  context: DriveContext,
  target: Target,
  size: string,
  options: DriveOptions = {},
): Promise<ThumbnailContent> {
  if (!/^([a-z]+|c\d+x\d+(_crop)?)$/i.test(size)) {
    throw new OneDriveError('usage', `Invalid thumbnail size: ${JSON.stringify(size)}.`, {
      hint: 'Use small, medium, large, or pixels: c400x300, c400x300_crop.',
    });
  }
  const { client, ref } = graphPlace(context, 'thumbnails of that kind');
  const { signal } = options;
  return await explained(context, resolve(target, options.as), options, async (at) => {
    const { url, width, height } = await getThumbnail(client, ref, at, size, { signal });
    if (url === undefined)
      throw new OneDriveError('protocol', 'The service returned no location for the thumbnail.');
    const response = await readContent(client, url, { what: 'read the thumbnail', transient: true, signal });
    return { size, width, height, bytes: await readBytes(response, { limit: largestThumbnail }) };
  });
}

/**
 * The URL of a page that shows an item in a browser for a short time, without a sign-in: a secret.
 * @throws OneDriveError `not-supported` on personal drives and for folders, `not-found`.
 */
export async function previewPage(
  context: DriveContext,
  target: Target,
  options: DriveOptions = {},
): Promise<string> {
  const { client, ref } = graphPlace(context, 'previews');
  const { signal } = options;
  return await explained(context, resolve(target, options.as), options, async (at) => {
    const { getUrl, postUrl } = await previewItem(client, ref, at, { signal });
    const url = getUrl ?? postUrl;
    if (url !== undefined) return url;
    throw new OneDriveError('protocol', 'The service returned no preview page.');
  });
}
