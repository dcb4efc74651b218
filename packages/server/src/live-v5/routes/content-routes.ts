/** Content out: a redirect to a URL that needs no token, which honours Range. */
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
  // A folder has no content, and a OneNote notebook none that could be had.
  if (item.data.kind !== 'file') throw refusals.pathUnsupported(liveTypeOf(item, {}), 'content');
  return redirect(context, links.download(drive, item));
}

async function getPicture(context: LiveItemContext): Promise<LiveAnswer> {
  const { item, query, world } = context;
  const kind = liveTypeOf(item, {});
  if (kind !== 'photo') throw refusals.pathUnsupported(kind, 'picture');
  const asked = (query.get('type') ?? 'thumbnail').toLowerCase();
  const rendition: Rendition = asked === 'small' ? 'thumbnail' : isRendition(asked) ? asked : unknown(asked);
  const url = world.storage.read((records) => placeOf(context, records).image(item, rendition));
  return redirect(context, url);
}

function unknown(asked: string): never {
  throw refusals.parameterInvalid('type', `'${asked.slice(0, 40)}' is none of small, album, normal and full`);
}

function redirect({ query }: LiveItemContext, location: string): LiveAnswer {
  if (readFlag(query, 'suppress_redirects')) return { status: 200, json: { location } };
  return { response: empty(302, { Location: location, 'Content-Length': '0', 'Cache-Control': 'no-store' }) };
}
