/** Items in responses: looks up their place, applies `$select` and `$expand`, and adds the OData context. */

import { accessContext } from '../../core/guard.ts';
import { joinBytes } from '../../core/join-bytes.ts';
import type { Expansion, QueryOptions } from '../../core/odata/odata-query.ts';
import { selectProperties } from '../../core/odata/select.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { listItemOf } from '../../lists/list-fields.ts';
import { listPlaceOf } from '../../lists/list-place.ts';
import { sharepointIdsJson } from '../../lists/site-json.ts';
import { imageFacets } from '../../media/image-facets.ts';
import { imageFacts, isImage } from '../../media/image-facts.ts';
import { thumbnailSets } from '../../media/thumbnails.ts';
import { permissionList } from '../../sharing/permission-list.ts';
import type { Records } from '../../storage/storage.ts';
import { versionUrl } from '../../versions/version-content-route.ts';
import { versionList } from '../../versions/version-json.ts';
import { asOf, versionSeen } from '../checkout/checked-out.ts';
import type { DriveContext } from '../drives/drive-route.ts';
import { childrenPage } from '../folders/children-page.ts';
import { itemJson, type Json, type Place } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';
import { itemBytes, itemText } from './item-text.ts';
import { placeOf } from './place.ts';
import { remoteOfShortcut } from './remote-item-json.ts';

export { placeOf } from './place.ts';

/** The JSON view of one item with the options of the query. */
export function shapeItem(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  place: Place,
  options: QueryOptions = context.options,
): Json {
  const version = versionSeen(records, item, context.caller.account);
  const whole = itemJson(
    version === undefined ? item : asOf(item, version),
    place,
    context.links,
    options.select,
  );
  if (version !== undefined && '@microsoft.graph.downloadUrl' in whole)
    whole['@microsoft.graph.downloadUrl'] = versionUrl(context, version);
  Object.assign(whole, facetsOf(records, context, item, options));
  if (item.data.kind === 'shortcut')
    whole['remoteItem'] = remoteOfShortcut(records, item, context.links, accessContext(context));
  const shaped = selectProperties(whole, options.select);
  for (const expansion of options.expand) Object.assign(shaped, expand(records, context, item, expansion));
  if (options.select?.includes('sharepointIds') === true && context.drive.kind !== 'personal')
    shaped['sharepointIds'] = sharepointIdsJson(item, listPlaceOf(records, context.drive, item));
  return shaped;
}

const facetNames = new Set(['*', 'image', 'photo', 'location']);

/** Metadata of an image, if the response needs it. If it has not been read yet, the image is added to `context.images`. */
function facetsOf(records: Records, context: DriveContext, item: ItemRecord, { select }: QueryOptions): Json {
  if (!isImage(item) || select?.some((name) => facetNames.has(name)) === false) return {};
  const facts = imageFacts(records, item);
  if (facts === undefined) context.unseen.push(item);
  return facts?.photo === undefined ? {} : imageFacets(facts.photo, context.drive.kind);
}

/** A relationship of an item. @throws ServiceError 400 for an unknown relationship. */
function expand(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  { name, options }: Expansion,
): Json {
  switch (name) {
    case 'children':
      return expandChildren(records, context, item, options);
    case 'thumbnails':
      return { thumbnails: thumbnailSets(records, context, item, options.select) };
    case 'permissions':
      return { permissions: permissionList(records, context, item) };
    case 'versions':
      return item.data.kind === 'file' ? { versions: versionList(records, context, item) } : {};
    case 'listItem': {
      if (context.drive.kind === 'personal') return {};
      const fields = options.expand.some((nested) => nested.name === 'fields');
      return { listItem: listItemOf(records, context, item, fields) };
    }
    default:
      throw invalidRequest(`The relationship ${name} cannot be expanded.`, 'invalidQueryOption');
  }
}

function expandChildren(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  options: QueryOptions,
): Json {
  const page = childrenPage(records, context, folder, options, shapeItem);
  return {
    children: page.items.map((child) => shapeItem(records, context, child, page.place, options)),
    ...(page.next === undefined ? {} : { 'children@odata.nextLink': page.next }),
  };
}

/** The body of a response with one item. */
export function itemBody(records: Records, context: DriveContext, item: ItemRecord): Json {
  return {
    '@odata.context': `${contextUrl(context)}/$entity`,
    ...shapeItem(records, context, item, placeOf(records, context.drive, item)),
  };
}

/** The body of a response with a list of items. */
export function listBody(context: DriveContext, value: readonly Json[], extra: Json = {}): Json {
  return { '@odata.context': contextUrl(context), ...extra, value };
}

/** Like {@link itemBody}, as text. */
export function itemBodyText(records: Records, context: DriveContext, item: ItemRecord): string {
  const place = placeOf(records, context.drive, item);
  const text = isPlain(context, item)
    ? itemText(item, place, context.links)
    : JSON.stringify(shapeItem(records, context, item, place));
  return `{"@odata.context":${JSON.stringify(`${contextUrl(context)}/$entity`)},${text.slice(1)}`;
}

/** Like {@link listBody}, for items in one folder, as UTF-8 bytes. */
export function listBodyBytes(
  records: Records,
  context: DriveContext,
  items: readonly ItemRecord[],
  place: Place,
  extra: Json,
): Uint8Array {
  const encoder = new TextEncoder();
  const head = JSON.stringify({ '@odata.context': contextUrl(context), ...extra });
  const parts: Uint8Array[] = [encoder.encode(`${head.slice(0, -1)},"value":[`)];
  for (const item of items) {
    if (parts.length > 1) parts.push(comma);
    const bytes = isPlain(context, item)
      ? itemBytes(item, place, context.links)
      : encoder.encode(JSON.stringify(shapeItem(records, context, item, place)));
    parts.push(bytes);
  }
  parts.push(encoder.encode(']}'));
  return joinBytes(parts);
}

const comma = new TextEncoder().encode(',');

/** Whether the JSON can be cached: all properties are requested and no image metadata is missing, as in most requests. */
function isPlain({ options }: DriveContext, item: ItemRecord): boolean {
  return (
    options.select === undefined &&
    options.expand.length === 0 &&
    item.data.checkout === undefined &&
    item.data.kind !== 'shortcut' &&
    !isImage(item)
  );
}

function contextUrl({ drive, links }: DriveContext): string {
  return `${links.base}/$metadata#drives('${encodeURIComponent(drive.id)}')/items`;
}
