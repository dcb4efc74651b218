/** Reads drives and items. */
import { json, jsonText } from '../../core/answers.ts';
import { precondition } from '../../core/conditional.ts';
import { cTagOf, eTagOf, headerTag } from '../../core/entity-tags.ts';
import { selectProperties } from '../../core/odata/select.ts';
import { invalidRequest, ServiceError } from '../../core/service-error.ts';
import { largestMarkup, markupOf } from '../../media/html-conversion.ts';
import { isImage } from '../../media/image-facts.ts';
import { thumbnailBox } from '../../media/thumbnail-size.ts';
import type { Records } from '../../storage/storage.ts';
import { versionUrl } from '../../versions/version-content-route.ts';
import { asOf, versionSeen } from '../checkout/checked-out.ts';
import { serveBytes } from '../content/content-route.ts';
import { driveJson } from '../drives/drive-json.ts';
import type { DriveContext, DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { expandDrive, expanded } from '../drives/expand-drive.ts';
import { childrenPage } from '../folders/children-page.ts';
import { itemBody, itemBodyText, listBodyBytes, shapeItem } from './answer-items.ts';
import type { ItemRecord } from './item-record.ts';
import { findItem } from './resolve.ts';

const docs = 'https://learn.microsoft.com/graph/api';

/** Both tags of an item. */
export function tagsOf(context: Pick<DriveContext, 'drive'>, item: ItemRecord): readonly [string, string] {
  return [eTagOf(item, context.drive.kind), cTagOf(item, context.drive.kind)];
}

/** The conditional headers of a request. */
export function conditions(context: Pick<DriveContext, 'request'>): {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
} {
  const { headers } = context.request;
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

/** Whether the response to this read of `item` is 304. */
export function isUnchanged(context: DriveContext, item: ItemRecord): boolean {
  const { ifNoneMatch } = conditions(context);
  return (
    ifNoneMatch !== undefined && precondition({ ifNoneMatch }, tagsOf(context, item), true) === 'not-modified'
  );
}

export const readRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: '',
    writes: false,
    source: `${docs}/drive-get`,
    handle: getDrive,
  },
  { method: 'GET', on: 'item', tail: '', writes: false, source: `${docs}/driveitem-get`, handle: getItem },
  {
    method: 'GET',
    on: 'item',
    tail: 'children',
    writes: false,
    filters: true,
    source: `${docs}/driveitem-list-children`,
    handle: listChildren,
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'content',
    writes: false,
    source: `${docs}/driveitem-get-content`,
    lacks:
      '`format=jpg` converts images that sharp can decode (415 for HEIC), `format=html` Markdown, text and HTML of up to 1 MiB. Every other conversion (PDF, GLB, of mails) is refused with 406.',
    handle: getContent,
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'contentStream',
    writes: false,
    source: `${docs}/driveitem-get-contentstream`,
    handle: getContentStream,
  },
];

async function getDrive(context: DriveContext) {
  const { drive, links, options } = context;
  return context.world.storage.read((records) => {
    return json(200, {
      '@odata.context': `${links.base}/$metadata#drives/$entity`,
      ...selectProperties(driveJson(records, drive, links), options.select),
      ...expanded(options.expand, (one) => expandDrive(records, context, drive, one)),
    });
  });
}

async function getItem(context: ItemContext) {
  return context.world.storage.read((records) => {
    const deleted = deletedItem(records, context);
    if (deleted !== undefined)
      return json(200, { ...itemBody(records, context, deleted), deleted: { state: 'deleted' } });
    const item = findItem(records, context.drive, context.selector);
    if (isUnchanged(context, item)) return { status: 304, headers: {} };
    return jsonText(200, itemBodyText(records, context, item), {
      ETag: headerTag(eTagOf(item, context.drive.kind)),
    });
  });
}

/**
 * `includeDeletedItems=true` returns items in the recycle bin, by id, on personal drives:
 * https://learn.microsoft.com/graph/api/driveitem-get
 */
function deletedItem(records: Records, { query, drive, selector }: ItemContext): ItemRecord | undefined {
  const { start, path } = selector;
  const includesDeleted = query.get('includeDeletedItems') === 'true' && drive.kind === 'personal';
  if (!includesDeleted || start.by !== 'id' || path.length > 0) return undefined;
  const item = records.itemById(drive.number, start.id);
  return item !== undefined && item.bin > 0 ? item : undefined;
}

async function listChildren(context: ItemContext) {
  return context.world.storage.read((records) => {
    const folder = findItem(records, context.drive, context.selector);
    if (isUnchanged(context, folder)) return { status: 304, headers: {} };
    const page = childrenPage(records, context, folder, context.options, shapeItem);
    const extra = {
      ...(counts(context) ? { '@odata.count': folder.children } : {}),
      ...(page.next === undefined ? {} : { '@odata.nextLink': page.next }),
    };
    return jsonText(200, listBodyBytes(records, context, page.items, page.place, extra));
  });
}

/** Personal drives include the number of children of a folder by default. */
const counts = ({ options, drive }: DriveContext): boolean =>
  options.count || (drive.kind === 'personal' && options.filter === undefined);

async function getContent(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findFile(records, context);
    if (isUnchanged(context, item)) return { status: 304, headers: {} };
    const version = versionSeen(records, item, context.caller.account);
    const url = version === undefined ? contentUrl(context, item) : versionUrl(context, version);
    context.world.views.note(item.key, context.caller.account.id);
    return { status: 302, headers: { Location: url } };
  });
}

/** Returns the content directly, without a redirect to a download URL. */
async function getContentStream(context: ItemContext) {
  const { world, request, caller } = context;
  const item = world.storage.read((records) => {
    const found = findFile(records, context);
    const version = versionSeen(records, found, caller.account);
    return version === undefined ? found : asOf(found, version);
  });
  world.views.note(item.key, caller.account.id);
  return serveBytes(world, request, item, tagsOf(context, item));
}

/** @throws ServiceError 400 for items without content. */
function findFile(records: Records, context: ItemContext): ItemRecord {
  const item = findItem(records, context.drive, context.selector);
  if (item.data.kind === 'package')
    throw invalidRequest('OneNote notebooks cannot be downloaded as a file.', 'notSupported');
  if (item.data.kind !== 'file')
    throw invalidRequest('You cannot get content for a folder', 'invalidRequest');
  return item;
}

/**
 * Redirects to the content; with `format=jpg`, to a JPEG of the image, with `format=html`, to a page.
 * @throws ServiceError 406 for a conversion that this server does not support.
 * https://learn.microsoft.com/graph/api/driveitem-get-content-format
 */
function contentUrl({ query, links, drive }: ItemContext, item: ItemRecord): string {
  const format = query.get('format') ?? query.get('$format');
  if (format === null || format === '') return links.download(drive, item);
  const kind = format.toLowerCase();
  if (kind === 'html' && item.size <= largestMarkup && markupOf(item.name) !== undefined)
    return links.converted(drive, item, 'html');
  if (kind !== 'jpg' || !isImage(item))
    throw new ServiceError(
      406,
      'notSupported',
      `${item.name} cannot be converted to ${format} by this server.`,
    );
  const width = query.get('width');
  const height = query.get('height') ?? width;
  if (width === null || height === null) return links.converted(drive, item, 'full');
  const size = `c${width}x${height}`;
  if (thumbnailBox(size) === undefined)
    throw invalidRequest('The parameters width and height must be numbers of pixels.');
  return links.converted(drive, item, size);
}
