/**
 * Checks whether a caller may use a route on an item: by ownership, by permissions, by the share in the address, and by
 * checkout.
 * https://learn.microsoft.com/graph/api/shares-get, https://learn.microsoft.com/graph/api/driveitem-checkout
 */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { DriveRoute, GraphContext } from '../files/drives/drive-route.ts';
import type { ItemSelector } from '../files/items/drive-address.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { isVault, vaultLocked } from '../files/items/locked-vault.ts';
import { reach } from '../files/items/resolve.ts';
import { ancestors } from '../files/items/tree.ts';
import {
  hasGrantIn,
  higher,
  type Level,
  levelOf,
  levelOn,
  levelOnDrive,
  reaches,
} from '../sharing/access.ts';
import { redeem } from '../sharing/permissions.ts';
import type { Shared } from '../sharing/shares.ts';
import type { Records } from '../storage/storage.ts';
import { checkConfined, isConfined } from './confine.ts';
import { accessDenied, ServiceError } from './service-error.ts';

/** The caller's account and the time, as `sharing/access.ts` needs them. */
export const accessContext = (context: Pick<GraphContext, 'caller' | 'world'>) => ({
  account: context.caller.account,
  now: context.world.clock.now(),
});

/** @throws ServiceError 403 unless the caller may use the drive itself. */
export function guardDrive(context: GraphContext, drive: DriveRecord, route: DriveRoute): void {
  context.world.storage.read((records) => {
    if (isConfined(context.caller) && (route.writes || route.tail !== '')) throw accessDenied();
    const level = levelOnDrive(records, drive, accessContext(context));
    if (reaches(level, route.needs ?? (route.writes ? 'write' : 'read'))) return;
    // A caller with access to any item in a drive may read the drive.
    if (!route.writes && route.tail === '' && hasGrantIn(records, drive, context.caller.account)) return;
    throw accessDenied();
  });
}

/** @throws ServiceError 403, 404, 423. */
export function guardItem(
  context: GraphContext,
  drive: DriveRecord,
  selector: ItemSelector,
  route: DriveRoute,
): void {
  const { world } = context;
  const redeemed = world.storage.read((records) => {
    const whole = levelOnDrive(records, drive, accessContext(context));
    if (world.settings.quirks.includes('vault')) checkVault(records, drive, selector, route);
    if (route.writes && route.ignoresCheckout !== true) checkCheckout(records, context, drive, selector);
    if (isConfined(context.caller))
      checkConfined(records, context.caller, drive, reach(records, drive, selector).item);
    if (whole === 'owner') return undefined;
    const { share } = context;
    if (whole === 'none' && share === undefined && !hasGrantIn(records, drive, context.caller.account))
      throw accessDenied();
    const { item } = reach(records, drive, selector);
    const own = levelOn(records, drive, item, accessContext(context));
    const requiredAccess = route.needs ?? (route.writes ? 'write' : 'read');
    if (reaches(own, requiredAccess) && !gains(context, own)) return undefined;
    const through = share === undefined ? 'none' : levelThrough(records, context, share, item, route);
    const rootOnly = !route.writes && route.tail === '' && item.parent === 0 && own === 'none';
    if (rootOnly && hasGrantIn(records, drive, context.caller.account)) return undefined;
    if (!reaches(higher(own, through), requiredAccess)) throw accessDenied();
    return through === 'none' ? undefined : share?.permission;
  });
  if (redeemed !== undefined && wantsToKeep(context))
    world.storage.write((records) => redeem(records, redeemed, context.caller.account.id));
}

/** Whether the sharing link in the address can add permissions permanently when it is redeemed. */
function gains(context: GraphContext, own: Level): boolean {
  const permission = context.share?.permission;
  if (permission?.link === undefined || permission.password !== undefined) return false;
  return wantsToKeep(context) && !reaches(own, levelOf(permission));
}

/** `Prefer: redeemSharingLink` adds access permanently; `redeemSharingLinkIfNecessary` for this request only. */
function wantsToKeep({ request, caller }: GraphContext): boolean {
  return (
    caller.account.id !== '' && /\bredeemSharingLink\b(?!IfNecessary)/i.test(request.headers['prefer'] ?? '')
  );
}

/** The access that the share in the address gives to `item`. */
function levelThrough(
  records: Records,
  context: GraphContext,
  share: Shared,
  item: ItemRecord,
  route: DriveRoute,
): Level {
  const { permission } = share;
  if (permission?.link === undefined) return 'none';
  const within = [...ancestors(records, item), item].some((step) => step.key === share.item.key);
  if (!within) return 'none';
  const { account } = context.caller;
  const { scope } = permission.link;
  if (scope === 'users') return 'none';
  if (scope === 'organization' && account.kind !== 'business') return 'none';
  if (permission.password !== undefined && route.asksPassword !== true)
    throw new ServiceError(
      403,
      'accessDenied',
      'The sharing link is protected by a password: send it to validatePermission, or open the link in a browser.',
      {
        inner: ['passwordRequired'],
      },
    );
  return levelOf(permission);
}

/** While the vault is locked, only its properties can be read. @throws ServiceError 400. */
function checkVault(
  records: Records,
  drive: DriveRecord,
  selector: ItemSelector,
  { writes, tail }: DriveRoute,
): void {
  if (selector.start.by === 'id' && isBinned(records.itemById(drive.number, selector.start.id))) return;
  const { item, missing } = reach(records, drive, selector);
  if (isVault(item) && (writes || tail !== '' || missing.length > 0)) throw vaultLocked();
}

const isBinned = (item: ItemRecord | undefined): boolean => item === undefined || item.bin !== 0;

/** Only the account that checked out a file may change it. @throws ServiceError 423. */
function checkCheckout(
  records: Records,
  context: GraphContext,
  drive: DriveRecord,
  selector: ItemSelector,
): void {
  if (drive.kind === 'personal') return;
  if (/\bbypass-checked-out\b/.test(context.request.headers['prefer'] ?? '')) return;
  if (selector.start.by === 'id') {
    const start = records.itemById(drive.number, selector.start.id);
    if (start === undefined || start.bin !== 0) return;
  }
  const { item, missing } = reach(records, drive, selector);
  const holder = missing.length === 0 ? item.data.checkout : undefined;
  if (holder === undefined || holder.by === context.caller.account.id) return;
  throw new ServiceError(423, 'resourceLocked', `The file is checked out by ${holder.name}.`, {
    inner: ['lockOwnerMismatch'],
  });
}
