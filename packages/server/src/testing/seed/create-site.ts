/** Creates a site of the business directory, its document libraries and its group. */
import { guidOf } from '../../core/guid.ts';
import type { World } from '../../core/world.ts';
import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import { businessDriveId } from '../../files/items/item-ids.ts';
import {
  driveOfLibrary,
  groups,
  type LibraryRecord,
  type SiteRecord,
  sites,
} from '../../lists/site-record.ts';
import { accountsCalled } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { createRoot, libraryOf, nextNumber } from './create-account.ts';
import type { LibrarySeed, SiteSeed } from './seed.ts';

const TIB = 1024 ** 4;
const host = 'contoso.sharepoint.com';

type Environment = Pick<World, 'clock' | 'random'>;

/** A site with the drive and the seed of each of its libraries. */
export interface CreatedSite {
  readonly site: SiteRecord;
  readonly libraries: readonly { readonly drive: DriveRecord; readonly seed: LibrarySeed }[];
}

/** Adds the site that `seed` describes. @throws Error if it names an account that does not exist. */
export function createSite(records: Records, environment: Environment, seed: SiteSeed): CreatedSite {
  const guid = (): string => guidOf(environment.random.bytes(16));
  const path = (seed.path ?? '')
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  const parent = parentSite(records, path);
  const ids = {
    collection: (parent?.id.split(',')[1] ?? guid()).toUpperCase(),
    web: guid(),
    group: guid().toLowerCase(),
  };
  const id = `${host},${ids.collection.toLowerCase()},${ids.web.toLowerCase()}`;
  const created = (seed.libraries ?? [{}]).map((library) => {
    const listId = guid();
    const drive = createLibrary(records, environment, library, {
      id: businessDriveId(ids.collection, ids.web, listId),
      siteId: id,
      path,
      ownerId: seed.group === undefined ? ids.web.toLowerCase() : ids.group,
    });
    return { drive, seed: library, record: recordOf(library, listId, drive) };
  });
  const displayName = seed.displayName ?? (path.split('/').at(-1) || 'Communication site');
  const site: SiteRecord = {
    id,
    path,
    name: path.split('/').at(-1) ?? '',
    displayName,
    created: environment.clock.now(),
    ...(parent === undefined ? {} : { parent: parent.id }),
    ...(seed.members === undefined ? {} : { members: accountIds(records, seed.members) }),
    ...(seed.visitors === undefined ? {} : { visitors: accountIds(records, seed.visitors) }),
    libraries: created.map(({ record }) => record),
  };
  sites.put(records, id.toLowerCase(), site);
  if (seed.group !== undefined)
    groups.put(records, ids.group, { id: ids.group, displayName, mail: seed.group, siteId: id });
  return { site, libraries: created };
}

/** Adds one more library to a site. */
export function addLibrary(
  records: Records,
  environment: Environment,
  site: SiteRecord,
  seed: LibrarySeed,
): { readonly library: LibraryRecord; readonly drive: DriveRecord } {
  const [, collection = '', web = ''] = site.id.split(',');
  const listId = guidOf(environment.random.bytes(16));
  const first = site.libraries[0];
  const drive = createLibrary(records, environment, seed, {
    id: businessDriveId(collection.toUpperCase(), web.toUpperCase(), listId),
    siteId: site.id,
    path: site.path,
    ownerId: (first && driveOfLibrary(records, first)?.ownerId) ?? web,
  });
  const library = recordOf(seed, listId, drive);
  sites.put(records, site.id.toLowerCase(), { ...site, libraries: [...site.libraries, library] });
  return { library, drive };
}

/** The parent site of a path: `sites/team/sub` is a subsite of `sites/team`, in the same site collection. */
function parentSite(records: Records, path: string): SiteRecord | undefined {
  const names = path.toLowerCase().split('/');
  for (let length = names.length - 1; length > 0; length--) {
    const [site] = sites.find(records, `path:${names.slice(0, length).join('/')}`);
    if (site !== undefined) return site;
  }
  return undefined;
}

function recordOf(seed: LibrarySeed, listId: string, drive: DriveRecord): LibraryRecord {
  return { listId: listId.toLowerCase(), driveId: drive.id, name: seed.name ?? 'Documents' };
}

interface LibraryPlan {
  readonly id: string;
  readonly siteId: string;
  readonly path: string;
  readonly ownerId: string;
}

function createLibrary(
  records: Records,
  environment: Environment,
  seed: LibrarySeed,
  plan: LibraryPlan,
): DriveRecord {
  const { id, siteId, path, ownerId } = plan;
  const name = seed.name ?? 'Documents';
  // The folder of the library that every site starts with has this name, whatever the library's title.
  const folder = name === 'Documents' ? 'Shared Documents' : name;
  const drive: DriveRecord = {
    number: nextNumber(records),
    id,
    kind: 'documentLibrary',
    name,
    ownerId,
    root: 0,
    total: seed.total ?? TIB,
    created: environment.clock.now(),
    itemIds: 'guid',
    library: libraryOf(environment.random.bytes(4)),
    siteId,
    webPath: [path, folder]
      .filter((part) => part !== '')
      .map(encodeURI)
      .join('/'),
  };
  const withRoot = { ...drive, root: createRoot(records, environment, drive) };
  drives.put(records, driveKey(drive.id), withRoot);
  return withRoot;
}

function accountIds(records: Records, names: readonly string[]): string[] {
  return names.map((name) => {
    const [account] = accountsCalled(records, name);
    if (account === undefined)
      throw new Error(`The seed of a site names the account ${name}, which does not exist.`);
    return account.id;
  });
}
