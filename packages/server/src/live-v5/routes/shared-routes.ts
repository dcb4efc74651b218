/** Items that others share with the user: MSDN hh243648, "REST reference". */

import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { hasEnded } from '../../sharing/access.ts';
import { grantsTo, permissions } from '../../sharing/permission-record.ts';
import type { Records } from '../../storage/storage.ts';
import { extraOf } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { filterWords, liveTypeOf } from '../live-type.ts';
import type { Json } from '../object-json.ts';
import { describeOne } from './describe.ts';
import type { LiveAnswer, LiveContext, LiveRoute } from './live-route.ts';

const source = 'MSDN hh243648, "REST reference"';

export const sharedRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'drive', tail: 'shared', access: 'read', source, handle: shared },
  { method: 'GET', on: 'drive', tail: 'shared/{kind}', access: 'read', source, handle: shared },
];

interface SharedItem {
  readonly drive: DriveRecord;
  readonly item: ItemRecord;
}

async function shared(context: LiveContext): Promise<LiveAnswer> {
  const { kind } = context.params;
  const types = kind === undefined ? filterWords['all'] : filterWords[kind];
  if (types === undefined) throw refusals.urlInvalid(`shared/${kind ?? ''}`);
  const drivesByNumber = context.world.storage.read((records) =>
    sharedWith(records, context).filter(({ item }) =>
      types.includes(liveTypeOf(item, extraOf(records, item.key))),
    ),
  );
  const data: Json[] = [];
  for (const { drive, item } of drivesByNumber) data.push(await describeOne({ ...context, drive }, item));
  return { status: 200, json: { data } };
}

/** Personal drives only: v5.0 did not support others. */
function sharedWith(records: Records, { caller, world }: LiveContext): readonly SharedItem[] {
  const drivesByNumber = new Map<number, SharedItem>();
  for (const grant of grantsTo(records, caller.account.id)) {
    const permission = permissions.get(records, grant.permission);
    const drive = drives.get(records, driveKey(grant.drive));
    const item = records.item(grant.item);
    const gone = permission === undefined || hasEnded(permission, world.clock.now());
    if (gone || drive?.kind !== 'personal' || item?.bin !== 0) continue;
    drivesByNumber.set(item.key, { drive, item });
  }
  return [...drivesByNumber.values()];
}
