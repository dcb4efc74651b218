/** Creates the accounts, sites, applications and files of a seed. */

import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import { applications } from '../../identity/clients.ts';
import { sites } from '../../lists/site-record.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import { accounts } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { createAccount } from './create-account.ts';
import { createSite } from './create-site.ts';
import { fillDrive, type SeedAuthor } from './fill-drive.ts';
import type { AccountSeed, FolderSeed, Seed, SiteSeed } from './seed.ts';

/** Creator of the files in document libraries. */
const system: SeedAuthor = {
  id: '',
  kind: 'personal',
  displayName: 'System Account',
  userPrincipalName: '',
  givenName: '',
  surname: '',
  mail: '',
  driveId: '',
};

/**
 * Creates the accounts, sites and applications of `seed` with their files, unless the storage already has an account.
 * @throws ServiceError 400 for a name that is invalid in OneDrive; Error for a site with members that do not exist.
 */
export async function populate(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  const { storage } = world;
  if (storage.read((records) => accounts.list(records, { limit: 1 }).length) > 0) return;
  await addToWorld(world, { ...seed, accounts: seed.accounts ?? [{}] }, kind);
}

/** Adds the accounts, sites and applications of `seed`; its `files` go to the first account that is added. */
export async function addToWorld(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  for (const application of seed.applications ?? [])
    world.storage.write((records) => applications.put(records, application.id.toLowerCase(), application));
  const { people, libraries } = world.storage.write((records) => ({
    people: (seed.accounts ?? []).map((account) => ({
      seed: account,
      ...createAccount(records, world, account, account.kind ?? kind),
    })),
    libraries: withRootSite(records, seed.sites ?? []).flatMap(
      (site) => createSite(records, world, site).libraries,
    ),
  }));
  for (const [index, person] of people.entries()) await fill(world, person, index === 0 ? seed.files : {});
  for (const { drive, seed: library } of libraries)
    await fillDrive(world, drive, system, library.files ?? {});
}

/** Adds the root site if there is none: every host has one, and the addresses of the other sites start there. */
function withRootSite(records: Records, seeds: readonly SiteSeed[]): readonly SiteSeed[] {
  const hasRootSite =
    seeds.length === 0 ||
    seeds.some(({ path = '' }) => path === '') ||
    sites.find(records, 'path:').length > 0;
  return hasRootSite ? seeds : [{}, ...seeds];
}

interface Person {
  readonly seed: AccountSeed;
  readonly account: AccountRecord;
  readonly drive: DriveRecord;
}

async function fill(world: World, { seed, account, drive }: Person, more: FolderSeed = {}): Promise<void> {
  await fillDrive(world, drive, account, { ...seed.drive?.files, ...more });
}
