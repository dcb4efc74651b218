/** Downloads: a redirect to a pre-authenticated URL that supports Range. */
import { empty } from '../../core/answers.ts';
import { isRendition, type Rendition } from '../../media/rendition.ts';
import { readFlag } from '../live-query.ts';
import { refusals } from '../live-refusal.ts';
import { liveTypeOf } from '../live-type.ts';
import { placeOf } from './describe.ts';
import type { LiveAnswer, LiveItemContext, LiveRoute } from './live-route.ts';

export const contentRoutes: readonly LiveRoute[] = [
  {
    method: 'GET',
    on: 'item',
    tail: 'content',
    access: 'read',
    source: 'MSDN dn659726, "Upload and download files"',
    handle: getContent,
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'picture',
    access: 'read',
    source: 'MSDN hh243648, "Photo object"',
    handle: getPicture,
  },
];

async function getContent(context: LiveItemContext): Promise<LiveAnswer> {
  const { item, drive, links } = context;
  readFlag(context.query, 'download');
  // Folders have no content, and the content of a OneNote notebook cannot be downloaded.
  if (item.data.kind !== 'file') throw refusals.pathUnsupported(liveTypeOf(item, {}), 'content');
  return redirect(context, links.download(drive, item));
}

async function getPicture(context: LiveItemContext): Promise<LiveAnswer> {
  const { item, query, world } = context;
  const kind = liveTypeOf(item, {});
  if (kind !== 'photo') throw refusals.pathUnsupported(kind, 'picture');
  const type = (query.get('type') ?? 'thumbnail').toLowerCase();
  const rendition: Rendition = type === 'small' ? 'thumbnail' : isRendition(type) ? type : unknown(type);
  const url = world.storage.read((records) => placeOf(context, records).image(item, rendition));
  return redirect(context, url);
}

function unknown(type: string): never {
  throw refusals.parameterInvalid(
    'type',
    `'${type.slice(0, 40)}' is not one of small, album, normal and full`,
  );
}

function redirect({ query }: LiveItemContext, location: string): LiveAnswer {
  if (readFlag(query, 'suppress_redirects')) return { status: 200, json: { location } };
  return { response: empty(302, { Location: location, 'Content-Length': '0', 'Cache-Control': 'no-store' }) };
}
