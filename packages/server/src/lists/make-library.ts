/** Creates a document library, which is both a list and a drive: https://learn.microsoft.com/graph/api/list-create */
import { json } from '../core/answers.ts';
import { isObject, readEntity } from '../core/body.ts';
import { accessContext } from '../core/guard.ts';
import { guidOf } from '../core/guid.ts';
import type { ServerResponse } from '../core/http.ts';
import { accessDenied, invalidRequest, nameAlreadyExists, notSupported } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { levelOnDrive, reaches } from '../sharing/access.ts';
import { addLibrary } from '../testing/seed/create-site.ts';
import { putColumn, readColumn } from './list-columns.ts';
import { listJson } from './site-json.ts';
import { findSite, libraryDrive } from './sites.ts';

export const makeLibraryRoutes: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: 'sites/{site}/lists',
    writes: true,
    access: 'files',
    source: 'https://learn.microsoft.com/graph/api/list-create',
    lacks:
      'Only the template documentLibrary is supported; other lists contain no files and are refused with 501. The creator of a library is not stored.',
    handle: makeLibrary,
  },
];

/** @throws ServiceError 400; 403 if the caller may not write there; 409 if the name is taken; 501 for other lists. */
async function makeLibrary(context: GraphContext): Promise<ServerResponse> {
  const { world, caller } = context;
  const { name, columns } = readLibrary(await readEntity(context.request));
  return world.storage.write((records) => {
    const site = findSite(records, param(context, 'site'), caller.account);
    if (!reaches(levelOnDrive(records, libraryDrive(records, site), accessContext(context)), 'write'))
      throw accessDenied();
    if (site.libraries.some((known) => known.name.toLowerCase() === name.toLowerCase()))
      throw nameAlreadyExists('A list with that name already exists in the site.');
    const { library, drive } = addLibrary(records, world, site, { name });
    for (const column of columns)
      putColumn(records, drive, guidOf(world.random.bytes(16)).toLowerCase(), column);
    return json(201, {
      '@odata.context': `${context.links.base}/$metadata#lists/$entity`,
      ...listJson(site, library, drive),
    });
  });
}

function readLibrary(body: Readonly<Record<string, unknown>>) {
  const { displayName, name = displayName, list, columns = [] } = body;
  if (!isObject(list) || list['template'] !== 'documentLibrary')
    throw notSupported('This server only supports lists of the template documentLibrary.');
  if (typeof name !== 'string' || !/^[^"*:<>?/\\|]{1,255}$/.test(name.trim()))
    throw invalidRequest(
      'The property displayName is not a valid name of a library.',
      'invalidParameterFormat',
    );
  if (!Array.isArray(columns) || !columns.every(isObject))
    throw invalidRequest('The property columns must be a list of columns.', 'invalidParameterFormat');
  return { name: name.trim(), columns: columns.map(readColumn) };
}
