/** Look-ups of stores and snapshots that were made before there were any: see ../storage/collection.ts. */
import { bundles } from '../files/bundles/bundle-routes.ts';
import { drives } from '../files/drives/drive-record.ts';
import { uploadSessions } from '../files/uploads/upload-session-record.ts';
import { accessTokens, refreshTokens, sessions } from '../identity/records.ts';
import { fieldSets } from '../lists/field-sets.ts';
import { groups, sites } from '../lists/site-record.ts';
import { bitsSessions, liveExtras } from '../live-v5/live-records.ts';
import { subscriptions } from '../notifications/subscription-record.ts';
import { accounts } from '../people/account-record.ts';
import { permissions } from '../sharing/permission-record.ts';
import { type Collection, collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Increment it with every change of a look-up. */
const currentVersion = 1;

const collections: readonly Pick<Collection<unknown>, 'rebuildLookups'>[] = [
  accessTokens,
  accounts,
  bitsSessions,
  bundles,
  drives,
  fieldSets,
  groups,
  liveExtras,
  permissions,
  refreshTokens,
  sessions,
  sites,
  subscriptions,
  uploadSessions,
];

const lookupVersion = collection<number>('lookup-version');

/** Rebuilds all look-ups unless they are up to date. */
export function ensureLookups(records: Records): void {
  if (lookupVersion.get(records, 'current') === currentVersion) return;
  for (const each of collections) each.rebuildLookups(records);
  lookupVersion.put(records, 'current', currentVersion);
}
