/** Finds the drive that an address names. Access is checked by guard.ts. */

import { signedInPerson } from '../../identity/access-tokens.ts';
import { findGroup, findSite, libraryDrive } from '../../lists/sites.ts';
import { findUser } from '../../people/user-routes.ts';
import { driveNamed } from '../../sharing/access.ts';
import { findShare, type Shared } from '../../sharing/shares.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveSelector } from '../items/drive-address.ts';
import type { DriveRecord } from './drive-record.ts';
import type { GraphContext } from './drive-route.ts';

export interface Selected {
  readonly drive: DriveRecord;
  readonly share?: Shared;
}

/** @throws ServiceError 404. */
export function selectDrive(context: GraphContext, selector: DriveSelector): Selected {
  return context.world.storage.read((records) => {
    if (selector.by !== 'share') return { drive: driveOf(records, context, selector) };
    const share = findShare(records, selector.token, context.world.clock.now());
    return { drive: share.drive, share };
  });
}

function driveOf(
  records: Records,
  context: GraphContext,
  selector: Exclude<DriveSelector, { readonly by: 'share' }>,
): DriveRecord {
  switch (selector.by) {
    case 'me':
      return driveNamed(records, signedInPerson(context.caller).driveId);
    case 'id':
      return driveNamed(records, selector.id);
    case 'user':
      return driveNamed(records, findUser(context, selector.id).driveId);
    case 'group':
      return libraryDrive(
        records,
        findSite(records, findGroup(records, selector.id).siteId, context.caller.account),
      );
    case 'site':
      return libraryDrive(records, findSite(records, selector.id, context.caller.account));
    case 'list':
      return libraryDrive(records, findSite(records, selector.id, context.caller.account), selector.list);
  }
}
