/** Versions: https://learn.microsoft.com/graph/api/driveitem-list-versions and its neighbours. */
import { empty, json } from '../core/answers.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, ServiceError } from '../core/service-error.ts';
import { replaceContent } from '../files/content/put-file.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import { actorOf } from '../files/items/actor.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { findItem } from '../files/items/resolve.ts';
import { fieldsOf } from '../lists/list-fields.ts';
import type { Records } from '../storage/storage.ts';
import { versionUrl } from './version-content-route.ts';
import { versionJson, versionList } from './version-json.ts';
import { currentVersion, dropVersion, findVersion } from './versions.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { on: 'item', method: 'GET', writes: false } as const;
const change = { on: 'item', writes: true } as const;

export const versionRoutes: readonly DriveRoute[] = [
  { ...get, tail: 'versions', source: `${docs}/driveitem-list-versions`, handle: listVersions },
  { ...get, tail: 'versions/{version}', source: `${docs}/driveitemversion-get`, handle: getVersion },
  {
    ...get,
    tail: 'versions/{version}/content',
    source: `${docs}/driveitemversion-get-contents`,
    handle: getVersionContent,
  },
  {
    ...change,
    method: 'POST',
    tail: 'versions/{version}/restoreVersion',
    source: `${docs}/driveitemversion-restore`,
    handle: restoreVersion,
  },
  { ...get, tail: 'listItem/versions', source: `${docs}/listitem-list-versions`, handle: listVersions },
  {
    ...get,
    tail: 'listItem/versions/{version}',
    source: `${docs}/listitemversion-get`,
    handle: getListItemVersion,
  },
  {
    ...change,
    method: 'POST',
    tail: 'listItem/versions/{version}/restoreVersion',
    source: `${docs}/listitemversion-restore`,
    handle: restoreVersion,
  },
  {
    ...change,
    method: 'DELETE',
    tail: 'versions/{version}',
    source: `${docs}/driveitemversion-delete`,
    handle: deleteVersion,
  },
];

/** @throws ServiceError 400 for items that are not files. */
function findFile(records: Records, context: ItemContext): ItemRecord {
  const item = findItem(records, context.drive, context.selector);
  if (item.data.kind !== 'file') throw invalidRequest('Only files have versions.', 'notSupported');
  return item;
}

/** Newest first, starting with the current version. */
async function listVersions(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findFile(records, context);
    const { drive } = context;
    const place = `drives('${encodeURIComponent(drive.id)}')/items('${encodeURIComponent(item.id)}')`;
    return answerCollection(context, `${place}/versions`, versionList(records, context, item));
  });
}

async function getVersion(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findFile(records, context);
    const version = findVersion(records, item, param(context, 'version'));
    const shown = versionJson(context, version, version.number === currentVersion(item));
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#driveItemVersion`,
      ...selectProperties(shown, context.options.select),
    });
  });
}

/**
 * An earlier version of a list item. Only its content was stored: the columns are the current ones, and only the current
 * version has them.
 */
async function getListItemVersion(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findFile(records, context);
    const version = findVersion(records, item, param(context, 'version'));
    const current = version.number === currentVersion(item);
    const { id, lastModifiedBy, lastModifiedDateTime } = versionJson(context, version, current);
    const fields = context.options.expand.some(({ name }) => name === 'fields');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#listItemVersion`,
      id,
      lastModifiedBy,
      lastModifiedDateTime,
      ...(fields ? { fields: current ? fieldsOf(records, item) : {} } : {}),
    });
  });
}

/** On business drives the content of the current version is only available as that of the item. */
async function getVersionContent(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findFile(records, context);
    const version = findVersion(records, item, param(context, 'version'));
    if (version.number !== currentVersion(item))
      return empty(302, { Location: versionUrl(context, version) });
    if (context.drive.kind !== 'personal')
      throw invalidRequest('You cannot get the content of the current version.', 'invalidVersion');
    return empty(302, { Location: context.links.download(context.drive, item) });
  });
}

/** Restores a version by adding its content as a new version; no version is lost. */
async function restoreVersion(context: ItemContext) {
  const { world, drive, caller } = context;
  world.storage.write((records) => {
    const item = findFile(records, context);
    const version = findVersion(records, item, param(context, 'version'));
    if (version.number === currentVersion(item))
      throw invalidRequest('The version is already the current one.', 'invalidVersion');
    const { blob, size, hashes } = version;
    replaceContent(
      records,
      drive,
      item,
      { content: { blob, size, hashes } },
      actorOf(world, caller.account, caller.clientId),
    );
  });
  return empty(204);
}

async function deleteVersion(context: ItemContext) {
  if (context.drive.kind === 'personal') throw new ServiceError(404, 'apiNotFound', 'API not found');
  context.world.storage.write((records) => {
    const item = findFile(records, context);
    const version = findVersion(records, item, param(context, 'version'));
    if (version.number === currentVersion(item))
      throw invalidRequest('The current version cannot be deleted.', 'invalidVersion');
    dropVersion(records, version);
  });
  return empty(204);
}
