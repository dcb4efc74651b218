/** Changes and deletes lists: https://learn.microsoft.com/graph/api/list-update, …/list-delete */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { accessDenied, nameAlreadyExists } from '../core/service-error.ts';
import { type DriveRecord, driveKey } from '../files/drives/drive-record.ts';
import type { DriveContext, DriveRoute } from '../files/drives/drive-route.ts';
import { actorOf } from '../files/items/actor.ts';
import { rootOf } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { listPlaceOf } from './list-place.ts';
import { listOf } from './list-routes.ts';
import { changeList, readListChange } from './list-settings.ts';
import { removeLibrary } from './remove-library.ts';
import { driveOfLibrary, siteOfDrive } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const on = { on: 'drive', tail: 'list', writes: true } as const;

export const changeListRoutes: readonly DriveRoute[] = [
  {
    ...on,
    method: 'PATCH',
    source: `${docs}/list-update`,
    lacks: 'Only `displayName` and `description` can be changed; the name in addresses does not change.',
    handle: patchList,
  },
  {
    ...on,
    method: 'DELETE',
    source: `${docs}/list-delete`,
    lacks: 'The library and its files are deleted permanently, not moved to the recycle bin of the site.',
    handle: deleteList,
  },
];

async function patchList(context: DriveContext): Promise<ServerResponse> {
  const change = readListChange(await readEntity(context.request));
  const { world, drive, links } = context;
  return world.storage.write((records) => {
    listPlaceOf(records, drive, rootOf(records, drive));
    if (change.displayName !== undefined) checkTitle(records, drive, change.displayName);
    const changed = changeList(records, drive, change, world.clock.now());
    return json(200, {
      '@odata.context': `${links.base}/$metadata#lists/$entity`,
      ...listOf(records, changed),
    });
  });
}

/** @throws ServiceError 409 if another list of the site has that title. */
function checkTitle(records: Records, drive: DriveRecord, title: string): void {
  const others = (siteOfDrive(records, drive)?.libraries ?? []).filter(
    ({ driveId }) => driveKey(driveId) !== driveKey(drive.id),
  );
  const titles = others.flatMap((library) => [library.name, driveOfLibrary(records, library)?.name ?? '']);
  if (titles.some((other) => other.toLowerCase() === title.toLowerCase()))
    throw nameAlreadyExists('A list with that name already exists in the site.');
}

/** @throws ServiceError 403 for the list of a user's drive, and for the first library of a site; 412. */
async function deleteList(context: DriveContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  world.storage.write((records) => {
    listPlaceOf(records, drive, rootOf(records, drive));
    const site = siteOfDrive(records, drive);
    const [first] = site?.libraries ?? [];
    if (site === undefined || first === undefined || driveKey(first.driveId) === driveKey(drive.id))
      throw accessDenied('The default document library cannot be deleted.');
    removeLibrary(records, site, drive, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}
