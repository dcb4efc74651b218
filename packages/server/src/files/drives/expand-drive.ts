/**
 * `$expand` for drives, lists and sites.
 * https://learn.microsoft.com/graph/api/drive-list, …/list-get, …/site-get,
 * https://learn.microsoft.com/graph/query-parameters#expand
 */

import type { ServerResponse } from '../../core/http.ts';
import { answerCollection } from '../../core/odata/answer-collection.ts';
import type { Expansion } from '../../core/odata/odata-query.ts';
import { selectProperties } from '../../core/odata/select.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { expandList, listOf } from '../../lists/list-routes.ts';
import { driveOfLibrary, type SiteRecord } from '../../lists/site-record.ts';
import type { Records } from '../../storage/storage.ts';
import { placeOf, shapeItem } from '../items/answer-items.ts';
import type { Json } from '../items/item-json.ts';
import { rootOf } from '../items/resolve.ts';
import { driveJson } from './drive-json.ts';
import type { DriveRecord } from './drive-record.ts';
import type { DriveContext, GraphContext } from './drive-route.ts';

/** The relationships in `expand`, by name. @throws ServiceError 400 for a relationship that cannot be expanded. */
export function expanded(expand: readonly Expansion[], related: (one: Expansion) => unknown): Json {
  return Object.fromEntries(expand.map((one) => [one.name, related(one)]));
}

const refused = (name: string) =>
  invalidRequest(`The relationship ${name} cannot be expanded.`, 'invalidQueryOption');

/** The context for one of the drives of a response. */
const onDrive = (context: GraphContext, drive: DriveRecord): DriveContext => ({
  ...context,
  drive,
  address: { drive: { by: 'id', id: drive.id }, tail: [] },
});

/** A relationship of a drive: its root or its list. */
export function expandDrive(
  records: Records,
  context: GraphContext,
  drive: DriveRecord,
  { name, options }: Expansion,
): unknown {
  const on = onDrive(context, drive);
  if (name === 'root') {
    const root = rootOf(records, drive);
    return shapeItem(records, on, root, placeOf(records, drive, root), options);
  }
  if (name === 'list') return selectProperties(listOf(records, drive), options.select);
  throw refused(name);
}

/** A list of drives, each with its expanded relationships. */
export function answerDrives(
  records: Records,
  context: GraphContext,
  drives: readonly DriveRecord[],
): ServerResponse {
  const all = new Map(drives.map((drive) => [driveJson(records, drive, context.links), drive]));
  return answerCollection(context, 'drives', [...all.keys()], (one) =>
    expanded(context.options.expand, (relationship) => {
      const drive = all.get(one);
      return drive && expandDrive(records, context, drive, relationship);
    }),
  );
}

/** The lists of document libraries. */
export function answerLists(
  records: Records,
  context: GraphContext,
  drives: readonly DriveRecord[],
): ServerResponse {
  const all = new Map(drives.map((drive) => [listOf(records, drive), drive]));
  return answerCollection(context, 'lists', [...all.keys()], (one) =>
    expanded(context.options.expand, (relationship) => {
      const drive = all.get(one);
      return drive && expandList(records, onDrive(context, drive), relationship);
    }),
  );
}

/** A relationship of a site: its default drive, its drives, or its lists. */
export function expandSite(
  records: Records,
  { links }: GraphContext,
  site: SiteRecord,
  { name, options }: Expansion,
): unknown {
  const drives = site.libraries.flatMap((library) => driveOfLibrary(records, library) ?? []);
  const shape = (drive: DriveRecord) => selectProperties(driveJson(records, drive, links), options.select);
  const [first] = drives;
  if (name === 'drive' && first !== undefined) return shape(first);
  if (name === 'drives') return drives.map(shape);
  if (name === 'lists')
    return drives.map((drive) => selectProperties(listOf(records, drive), options.select));
  throw refused(name);
}
