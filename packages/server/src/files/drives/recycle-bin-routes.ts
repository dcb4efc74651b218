/**
 * The recycle bin of a site, with deleted items of all its libraries; a user's business drive is a library of the user's
 * personal site. Listing is documented for v1.0 (https://learn.microsoft.com/graph/api/recyclebin-list-items); the two
 * actions on its items are in the beta metadata only.
 */
import { empty, json } from '../../core/answers.ts';
import { isObject, readEntity } from '../../core/body.ts';
import { accessContext } from '../../core/guard.ts';
import type { ServerResponse } from '../../core/http.ts';
import { answerCollection } from '../../core/odata/answer-collection.ts';
import { accessDenied, invalidRequest, ServiceError, unknownSegment } from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import { listPlaceOf } from '../../lists/list-place.ts';
import { driveOfLibrary, siteOfDrive } from '../../lists/site-record.ts';
import { findSite } from '../../lists/sites.ts';
import { levelOnDrive, reaches } from '../../sharing/access.ts';
import type { Records } from '../../storage/storage.ts';
import { actorOf } from '../items/actor.ts';
import type { Json } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { purgeItem, restoreItem } from '../items/remove-item.ts';
import { rootOf } from '../items/resolve.ts';
import { pathNames } from '../items/tree.ts';
import { type DriveRecord, drives } from './drive-record.ts';
import { type GraphContext, type GraphRoute, param } from './drive-route.ts';

const items = 'sites/{site}/recycleBin/items';
const source = 'https://learn.microsoft.com/graph/api/recyclebin-list-items';
const action = { method: 'POST', writes: true, access: 'files' } as const;
const inBeta = 'https://learn.microsoft.com/graph/api/resources/recyclebinitem?view=graph-rest-beta';

export const recycleBinRoutes: readonly GraphRoute[] = [
  { method: 'GET', path: items, writes: false, access: 'files', source, handle: listBin },
  { ...action, path: `${items}/restore`, source: inBeta, handle: restoreFromBin },
  { ...action, path: `${items}/delete`, source: inBeta, handle: deleteFromBin },
];

interface DeletedItem {
  readonly drive: DriveRecord;
  readonly item: ItemRecord;
}

/** The business drive of a person, by the id of the site that it is in. */
function personalSiteDrive(records: Records, siteId: string): DriveRecord | undefined {
  const [, siteCollection, web] = siteId.split(',');
  return drives
    .find(records, `site:${siteCollection ?? ''},${web ?? ''}`)
    .find(
      (drive) =>
        drive.kind === 'business' &&
        listPlaceOf(records, drive, rootOf(records, drive)).siteId.toLowerCase() === siteId,
    );
}

/** @throws ServiceError 403, 404. */
function drivesOfSite(records: Records, context: GraphContext): readonly DriveRecord[] {
  const name = param(context, 'site').toLowerCase();
  const own = personalSiteDrive(records, name);
  const found =
    own === undefined
      ? findSite(records, name, context.caller.account).libraries.flatMap(
          (library) => driveOfLibrary(records, library) ?? [],
        )
      : [own];
  const access = context.request.method === 'GET' ? 'read' : 'write';
  if (!found.every((drive) => reaches(levelOnDrive(records, drive, accessContext(context)), access)))
    throw accessDenied();
  return found;
}

function deletedItemsOf(records: Records, context: GraphContext): readonly DeletedItem[] {
  return drivesOfSite(records, context).flatMap((drive) => {
    const found: DeletedItem[] = [];
    for (let after = 0; ; ) {
      const rows = records.scan(drive.number, { binned: true, after, limit: 500 });
      found.push(...rows.map((item) => ({ drive, item })));
      if (rows.length < 500) return found;
      after = rows.at(-1)?.key ?? after;
    }
  });
}

const binId = ({ item }: DeletedItem): string => item.data.guid.toLowerCase();

function binItemJson(records: Records, { drive, item }: DeletedItem): Json {
  const site = siteOfDrive(records, drive)?.path ?? '';
  const page = decodeURIComponent(drive.webPath ?? 'Documents');
  const library = page.startsWith(`${site}/`) ? page.slice(site.length + 1) : page;
  return {
    id: item.data.guid.toLowerCase(),
    name: item.name,
    size: item.size,
    deletedDateTime: timestamp(item.modified),
    deletedFromLocation: [library, ...pathNames(records, item).slice(0, -1)].join('/'),
  };
}

async function listBin(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const found = deletedItemsOf(records, context);
    const newestFirst = [...found].sort((a, b) => b.item.sequence - a.item.sequence);
    const items = newestFirst.map((one) => binItemJson(records, one));
    return answerCollection(context, 'recycleBinItems', items);
  });
}

/** The ids in a body. @throws ServiceError 400 in v1.0, which has no such action, and for an invalid body. */
async function readIds(context: GraphContext, name: string): Promise<readonly string[]> {
  if (!context.links.base.endsWith('/beta')) throw unknownSegment(name);
  const body = await readEntity(context.request);
  const ids = isObject(body) ? body['ids'] : undefined;
  if (Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string')) return ids;
  throw invalidRequest('The property ids must be a list of ids.', 'invalidParameterFormat');
}

/** 207: the response lists an error for each item that cannot be restored, next to the restored items. */
async function restoreFromBin(context: GraphContext): Promise<ServerResponse> {
  const ids = await readIds(context, 'restore');
  const { world, caller } = context;
  return world.storage.write((records) => {
    const found = deletedItemsOf(records, context);
    const value = ids.map((id): Json => {
      const one = found.find((entry) => binId(entry) === id.toLowerCase());
      if (one === undefined)
        return { id, error: { code: 'itemNotFound', message: 'The item is not in the recycle bin.' } };
      try {
        restoreItem(records, one.drive, one.item, {}, actorOf(world, caller.account, caller.clientId));
        return { id };
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return { id, error: { code: error.code, message: error.message } };
      }
    });
    return json(207, { '@odata.context': `${context.links.base}/$metadata#recycleBinItems`, value });
  });
}

async function deleteFromBin(context: GraphContext): Promise<ServerResponse> {
  const ids = new Set((await readIds(context, 'delete')).map((id) => id.toLowerCase()));
  const { world, caller } = context;
  world.storage.write((records) => {
    for (const one of deletedItemsOf(records, context))
      if (ids.has(binId(one)))
        purgeItem(records, one.drive, one.item, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}
