/** Creates an account and its empty drive. */
import { guidOf, hexOf } from '../../core/guid.ts';
import type { World } from '../../core/world.ts';
import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import { businessDriveId, itemId, rootGuid } from '../../files/items/item-ids.ts';
import { type AccountRecord, accounts } from '../../people/account-record.ts';
import { collection, sortable } from '../../storage/collection.ts';
import type { Records } from '../../storage/storage.ts';
import type { AccountSeed } from './seed.ts';

const GIB = 1024 ** 3;

type Environment = Pick<World, 'clock' | 'random'>;

/** Adds the account that `seed` describes, with a drive that contains only its root. */
export function createAccount(
  records: Records,
  environment: Environment,
  seed: AccountSeed,
  kind: 'personal' | 'business',
): { readonly account: AccountRecord; readonly drive: DriveRecord } {
  const id = seed.id?.toLowerCase() ?? newId(environment, kind);
  const drive = createDrive(records, environment, { ownerId: id, kind, seed });
  const account: AccountRecord = { id, kind, ...names(seed, kind), driveId: drive.id, ...optional(seed) };
  accounts.put(records, id, account);
  return { account, drive };
}

function names(seed: AccountSeed, kind: 'personal' | 'business') {
  const displayName = seed.displayName ?? nameOf(seed.userPrincipalName) ?? 'Alex Wilber';
  const [givenName = '', ...rest] = displayName.split(' ');
  const local = displayName.toLowerCase().replaceAll(/[^a-z\d]+/g, '.');
  const upn =
    seed.userPrincipalName ?? `${local}@${kind === 'personal' ? 'outlook.com' : 'contoso.onmicrosoft.com'}`;
  return { userPrincipalName: upn, displayName, givenName, surname: rest.join(' '), mail: upn };
}

/** The display name for a user principal name: "alex.wilber@…" → "Alex Wilber". */
function nameOf(upn: string | undefined): string | undefined {
  return upn
    ?.split('@')[0]
    ?.split(/[._-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

function optional(seed: AccountSeed): Partial<AccountRecord> {
  const { password, autoConsent, tenantId } = seed;
  return {
    ...(password === undefined ? {} : { password }),
    ...(autoConsent === undefined ? {} : { autoConsent }),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
}

function newId(environment: Environment, kind: 'personal' | 'business'): string {
  if (kind === 'business') return guidOf(environment.random.bytes(16)).toLowerCase();
  const bytes = environment.random.bytes(8);
  // The service drops a leading zero of such ids; ids of this server never start with one.
  bytes[0] = (bytes[0] ?? 0) | 0x10;
  return hexOf(bytes).toLowerCase();
}

interface DrivePlan {
  readonly ownerId: string;
  readonly kind: 'personal' | 'business';
  readonly seed: AccountSeed;
}

function createDrive(records: Records, environment: Environment, plan: DrivePlan): DriveRecord {
  const { ownerId, kind, seed } = plan;
  const guid = (): string => guidOf(environment.random.bytes(16));
  const business = kind === 'business';
  const number = nextNumber(records);
  const drive: DriveRecord = {
    number,
    id: business ? businessDriveId(guid(), guid(), guid()) : ownerId,
    kind,
    name: 'OneDrive',
    ownerId,
    root: 0,
    total: seed.drive?.total ?? (business ? 1024 : 25) * GIB,
    created: environment.clock.now(),
    itemIds: seed.drive?.itemIds ?? 'number',
    library: libraryOf(environment.random.bytes(4)),
  };
  const withRoot = { ...drive, root: createRoot(records, environment, drive) };
  drives.put(records, driveKey(drive.id), withRoot);
  return withRoot;
}

/** Numbers of deleted drives, sorted. Records that remain of their items still contain them. */
const retiredNumbers = collection<number>('retired-drive');

/** Keeps the number of a deleted drive from being used again. */
export function retireNumber(records: Records, number: number): void {
  retiredNumbers.put(records, sortable(number), number);
}

/** An unused drive number. */
export function nextNumber(records: Records): number {
  const last = drives.each(records, 'number:', { descending: true }).next().value?.value.number ?? 0;
  const [lastRetired = 0] = retiredNumbers.list(records, { descending: true, limit: 1 });
  return Math.max(last, lastRetired) + 1;
}

/** Four bytes that all item ids of a library share, as hex. Published ids of roots all end in `N6Y2…`, so the last two bits are 01. */
export function libraryOf(bytes: Uint8Array): string {
  bytes[3] = ((bytes[3] ?? 0) & 0xfc) | 1;
  return hexOf(bytes);
}

/** Adds the root item of a new drive. @returns its key. */
export function createRoot(records: Records, environment: Environment, drive: DriveRecord): number {
  const now = environment.clock.now();
  const by = { displayName: 'System Account' };
  const { key } = records.putItem({
    drive: drive.number,
    id: itemId(drive, rootGuid, 1),
    parent: 0,
    name: 'root',
    folded: 'root',
    rank: 0,
    size: 0,
    children: 0,
    version: 1,
    contentVersion: 1,
    modified: now,
    sequence: 1,
    bin: 0,
    blob: null,
    data: {
      kind: 'root',
      guid: rootGuid,
      created: now,
      createdBy: by,
      modifiedBy: by,
      fsCreated: now,
      fsModified: now,
    },
  });
  return key;
}
