/** Items as answers: their place looked up, `$select` and `$expand` applied, the context said. */

import { asking } from '../../core/guard.ts';
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

/** One item as the query wants it. */
export function shapeItem(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  place: Place,
  options: QueryOptions = context.options,
): Json {
  const seen = versionSeen(records, item, context.caller.account);
  const whole = itemJson(seen === undefined ? item : asOf(item, seen), place, context.links, options.select);
  if (seen !== undefined && '@microsoft.graph.downloadUrl' in whole)
    whole['@microsoft.graph.downloadUrl'] = versionUrl(context, seen);
  Object.assign(whole, facetsOf(records, context, item, options));
  if (item.data.kind === 'shortcut')
    whole['remoteItem'] = remoteOfShortcut(records, item, context.links, asking(context));
  const shaped = selectProperties(whole, options.select);
  for (const expansion of options.expand) Object.assign(shaped, expand(records, context, item, expansion));
  if (options.select?.includes('sharepointIds') === true && context.drive.kind !== 'personal')
    shaped['sharepointIds'] = sharepointIdsJson(item, listPlaceOf(records, context.drive, item));
  return shaped;
}

const facetNames = new Set(['*', 'image', 'photo', 'location']);

/** What is known of an image, where it is asked for. One that nobody looked at yet is noted for that. */
function facetsOf(records: Records, context: DriveContext, item: ItemRecord, { select }: QueryOptions): Json {
  if (!isImage(item) || select?.some((name) => facetNames.has(name)) === false) return {};
  const facts = imageFacts(records, item);
  if (facts === undefined) context.unseen.push(item);
  return facts?.photo === undefined ? {} : imageFacets(facts.photo, context.drive.kind);
}

/** A relationship of an item. @throws ServiceError 400 for one that there is not. */
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

/** The body of an answer that is one item. */
export function itemBody(records: Records, context: DriveContext, item: ItemRecord): Json {
  return {
    '@odata.context': `${contextUrl(context)}/$entity`,
    ...shapeItem(records, context, item, placeOf(records, context.drive, item)),
  };
}

/** The body of an answer that is a list of items. */
export function listBody(context: DriveContext, value: readonly Json[], extra: Json = {}): Json {
  return { '@odata.context': contextUrl(context), ...extra, value };
}

/** The same as {@link itemBody}, as text. */
export function itemBodyText(records: Records, context: DriveContext, item: ItemRecord): string {
  const place = placeOf(records, context.drive, item);
  const text = isPlain(context, item)
    ? itemText(item, place, context.links)
    : JSON.stringify(shapeItem(records, context, item, place));
  return `{"@odata.context":${JSON.stringify(`${contextUrl(context)}/$entity`)},${text.slice(1)}`;
}

/** The same as {@link listBody}, of items that stand in one place, in UTF-8. */
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

/** Most are asked for whole, and have nothing that needs another look: those are remembered. */
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
