/** Thumbnails: https://learn.microsoft.com/graph/api/driveitem-list-thumbnails. Rendered on request. */
import { empty, json } from '../core/answers.ts';
import { mimeTypeOf } from '../core/media-type.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { itemNotFound, notSupported } from '../core/service-error.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { findItem } from '../files/items/resolve.ts';
import { heicRefused } from './heic.ts';
import { pictureFacts, thumbnailJson, thumbnailSets } from './thumbnails.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { on: 'item', method: 'GET', writes: false } as const;

export const thumbnailRoutes: readonly DriveRoute[] = [
  {
    ...get,
    tail: 'thumbnails',
    source: `${docs}/driveitem-list-thumbnails`,
    lacks: 'Images only: documents, videos and HEIC images (415) have no thumbnails.',
    handle: listSets,
  },
  { ...get, tail: 'thumbnails/{set}', source: `${docs}/thumbnailset-get`, handle: getSet },
  { ...get, tail: 'thumbnails/{set}/{size}', source: `${docs}/thumbnailset-get`, handle: getThumbnail },
  {
    ...get,
    tail: 'thumbnails/{set}/{size}/content',
    source: `${docs}/thumbnailset-get`,
    handle: getThumbnailContent,
  },
  {
    on: 'item',
    method: 'POST',
    tail: 'preview',
    writes: true,
    needs: 'read',
    ignoresCheckout: true,
    source: `${docs}/driveitem-preview`,
    lacks: 'The URL returns the content of the file, without a viewer; `page` and `zoom` are ignored.',
    handle: preview,
  },
];

async function listSets(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const sets = thumbnailSets(records, context, item, context.options.select);
    // thumbnailSets has already applied $select to the sizes.
    const selected = { ...context, options: { ...context.options, select: undefined } };
    return answerCollection(selected, 'thumbnailSets', sets);
  });
}

async function getSet(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const [set] = thumbnailSets(records, context, item, context.options.select);
    // An image that was not analysed yet is analysed before the request is answered again.
    const missing = set === undefined && context.unseen.length === 0;
    if (missing || param(context, 'set') !== '0') throw itemNotFound('There is no such thumbnail set.');
    return json(200, { '@odata.context': `${context.links.base}/$metadata#thumbnailSets/$entity`, ...set });
  });
}

/** @throws ServiceError 404 if the set, the image or the size does not exist, 415 for HEIC. */
function find(context: ItemContext): Json {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const facts = pictureFacts(records, item, context.unseen);
    if (facts?.width === 0 && /^image\/hei[cf]/.test(item.data.mimeType ?? mimeTypeOf(item.name)))
      throw heicRefused(item);
    const hasSet = facts !== undefined && facts.width > 0 && param(context, 'set') === '0';
    const thumbnail = hasSet ? thumbnailJson(context, item, facts, param(context, 'size')) : undefined;
    if (thumbnail === undefined && context.unseen.length === 0)
      throw itemNotFound('There is no thumbnail of that size.');
    return thumbnail ?? {};
  });
}

async function getThumbnail(context: ItemContext) {
  return json(200, {
    '@odata.context': `${context.links.base}/$metadata#thumbnail`,
    ...find(context),
  });
}

async function getThumbnailContent(context: ItemContext) {
  return empty(302, { Location: String(find(context)['url']) });
}

/** A short-lived URL that displays the file in a browser. */
async function preview(context: ItemContext) {
  if (context.drive.kind === 'personal')
    throw notSupported('Previews are available on business drives only.', 400);
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    if (item.data.kind !== 'file') throw notSupported('Only files have a preview.', 400);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#microsoft.graph.itemPreviewInfo`,
      getUrl: context.links.preview(context.drive, item),
      postParameters: null,
      postUrl: null,
    });
  });
}
