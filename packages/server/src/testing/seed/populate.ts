/** Brings a server from nothing to what its seed says. */

import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import { applications } from '../../identity/clients.ts';
import { sites } from '../../lists/site-record.ts';
import type { AccountRecord } from '../../people/account-record.ts';
import { accounts } from '../../people/account-record.ts';
import type { Records } from '../../storage/storage.ts';
import { createAccount } from './create-account.ts';
import { createSite } from './create-site.ts';
import { type PlantedBy, plant } from './plant.ts';
import type { AccountSeed, FolderSeed, Seed, SiteSeed } from './seed.ts';

/** Libraries are filled by the system. */
const system: PlantedBy = {
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
 * Makes the accounts, sites and applications of `seed` and plants their files, unless the storage knows an account already.
 * @throws ServiceError 400 for a name that OneDrive refuses; Error for a site with members that do not exist.
 */
export async function populate(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  const { storage } = world;
  if (storage.read((records) => accounts.list(records, { limit: 1 }).length) > 0) return;
  await addToWorld(world, { ...seed, accounts: seed.accounts ?? [{}] }, kind);
}

/** Adds the accounts, sites and applications of `seed` to what is there; its `files` go to the first account that it makes. */
export async function addToWorld(world: World, seed: Seed, kind: 'personal' | 'business'): Promise<void> {
  for (const application of seed.applications ?? [])
    world.storage.write((records) => applications.put(records, application.id.toLowerCase(), application));
  const { people, places } = world.storage.write((records) => ({
    people: (seed.accounts ?? []).map((account) => ({
      seed: account,
      ...createAccount(records, world, account, account.kind ?? kind),
    })),
    places: withRootSite(records, seed.sites ?? []).flatMap(
      (site) => createSite(records, world, site).libraries,
    ),
  }));
  for (const [at, person] of people.entries()) await fill(world, person, at === 0 ? seed.files : {});
  for (const { drive, seed: library } of places) await plant(world, drive, system, library.files ?? {});
}

/** Every host has a root site, and the addresses of the others start there. */
function withRootSite(records: Records, seeds: readonly SiteSeed[]): readonly SiteSeed[] {
  const has =
    seeds.length === 0 ||
    seeds.some(({ path = '' }) => path === '') ||
    sites.list(records).some(({ path }) => path === '');
  return has ? seeds : [{}, ...seeds];
}

interface Person {
  readonly seed: AccountSeed;
  readonly account: AccountRecord;
  readonly drive: DriveRecord;
}

async function fill(world: World, { seed, account, drive }: Person, more: FolderSeed = {}): Promise<void> {
  await plant(world, drive, account, { ...seed.drive?.files, ...more });
}
