/**
 * Checkout: one account has the exclusive right to change a file of a library; requests of others are refused with 423
 * (guard.ts).
 * https://learn.microsoft.com/graph/api/driveitem-checkout
 */
import { empty } from '../../core/answers.ts';
import { readEntity } from '../../core/body.ts';
import { invalidRequest, notSupported } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import { versionsOf } from '../../versions/version-record.ts';
import { currentVersion, dropVersion, keepVersion } from '../../versions/versions.ts';
import type { DriveRecord } from '../drives/drive-record.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { actorOf } from '../items/actor.ts';
import { changeItem } from '../items/change-item.ts';
import type { CheckoutRecord, ItemData, ItemRecord } from '../items/item-record.ts';
import { findItem } from '../items/resolve.ts';
import { addToAncestors } from '../items/tree.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const post = { on: 'item', method: 'POST', writes: true } as const;

export const checkoutRoutes: readonly DriveRoute[] = [
  { ...post, tail: 'checkout', source: `${docs}/driveitem-checkout`, handle: checkout },
  { ...post, tail: 'checkin', source: `${docs}/driveitem-checkin`, handle: checkin },
  { ...post, tail: 'discardCheckout', source: `${docs}/driveitem-discardcheckout`, handle: discard },
];

/** Values of `checkInAs`; an absent value and null mean `unspecified`. */
const checkInLevels: readonly unknown[] = ['', 'published', 'unspecified'];

/** @throws ServiceError 400 on personal drives and for items that are not files. */
function findFile(records: Records, context: ItemContext): ItemRecord {
  if (context.drive.kind === 'personal')
    throw notSupported('Checkout is available on business drives only.', 400);
  const item = findItem(records, context.drive, context.selector);
  if (item.data.kind !== 'file') throw invalidRequest('Only files can be checked out.', 'notSupported');
  return item;
}

async function checkout(context: ItemContext) {
  const { world, caller } = context;
  world.storage.write((records) => {
    const item = findFile(records, context);
    if (item.data.checkout !== undefined) return;
    const { id, displayName } = caller.account;
    const held: CheckoutRecord = { by: id, name: displayName, version: currentVersion(item) };
    changeItem(records, item, { data: { checkout: held } }, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}

async function checkin(context: ItemContext) {
  const { world, caller } = context;
  const { comment, checkInAs } = await readEntity(context.request);
  if (comment !== undefined && comment !== null && typeof comment !== 'string')
    throw invalidRequest('The property comment must be a string.', 'invalidParameterFormat');
  if (!checkInLevels.includes(checkInAs ?? ''))
    throw invalidRequest(
      'The property checkInAs must be published or unspecified.',
      'invalidParameterFormat',
    );
  world.storage.write((records) => {
    const item = findFile(records, context);
    const held = item.data.checkout;
    if (held === undefined) throw invalidRequest('The file is not checked out.');
    const data = { checkout: undefined, ...versionOfCheckin(records, context.drive, item, held) };
    changeItem(records, item, { data }, actorOf(world, caller.account, caller.clientId));
  });
  return empty(204);
}

/** A check-in publishes a new version, even if the content has not changed. */
function versionOfCheckin(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  held: CheckoutRecord,
): Partial<ItemData> {
  if (currentVersion(item) !== held.version || item.blob === null) return {};
  records.retainBlob(item.blob);
  keepVersion(records, drive, item);
  return { versionNumber: currentVersion(item) + 1 };
}

/** Discards everything that was stored since the checkout. */
async function discard(context: ItemContext) {
  const { world, caller } = context;
  world.storage.write((records) => {
    const item = findFile(records, context);
    const held = item.data.checkout;
    if (held === undefined) throw invalidRequest('The file is not checked out.');
    const later = versionsOf(records, item.key).filter(({ number }) => number >= held.version);
    const actor = actorOf(world, caller.account, caller.clientId);
    const [before] = later;
    if (before === undefined) {
      changeItem(records, item, { data: { checkout: undefined } }, actor);
      return;
    }
    const { blob, size, hashes, number } = before;
    records.retainBlob(blob);
    if (item.blob !== null) records.releaseBlob(item.blob);
    for (const version of later) dropVersion(records, version);
    const row = { blob, size, contentVersion: item.contentVersion + 1 };
    changeItem(records, item, { row, data: { hashes, versionNumber: number, checkout: undefined } }, actor);
    addToAncestors(records, item.parent, size - item.size);
  });
  return empty(204);
}
