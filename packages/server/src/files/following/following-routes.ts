/** Followed items: https://learn.microsoft.com/graph/api/driveitem-follow, …/drive-list-following */
import { empty, json } from '../../core/answers.ts';
import { accessContext } from '../../core/guard.ts';
import { itemNotFound, notSupported } from '../../core/service-error.ts';
import { levelOn, reaches } from '../../sharing/access.ts';
import { collection } from '../../storage/collection.ts';
import type { Records } from '../../storage/storage.ts';
import { driveKey, drives } from '../drives/drive-record.ts';
import { type DriveContext, type DriveRoute, type ItemContext, param } from '../drives/drive-route.ts';
import { itemBody, listBody, placeOf, shapeItem } from '../items/answer-items.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { findItem } from '../items/resolve.ts';

const docs = 'https://learn.microsoft.com/graph/api';

interface FollowRecord {
  readonly account: string;
  readonly drive: string;
  readonly item: number;
}

/** By account and item key. */
const follows = collection<FollowRecord>('following');
const keyOf = (account: string, item: number): string => `${account}/${item}`;

export const followingRoutes: readonly DriveRoute[] = [
  {
    on: 'item',
    method: 'POST',
    tail: 'follow',
    writes: true,
    needs: 'read',
    ignoresCheckout: true,
    source: `${docs}/driveitem-follow`,
    handle: follow,
  },
  {
    on: 'item',
    method: 'POST',
    tail: 'unfollow',
    writes: true,
    needs: 'read',
    ignoresCheckout: true,
    source: `${docs}/driveitem-unfollow`,
    handle: unfollow,
  },
  {
    on: 'drive',
    method: 'GET',
    tail: 'following',
    writes: false,
    source: `${docs}/drive-list-following`,
    handle: list,
  },
  {
    on: 'drive',
    method: 'GET',
    tail: 'following/{item}',
    writes: false,
    source: `${docs}/drive-list-following`,
    handle: getFollowed,
  },
  {
    on: 'drive',
    method: 'DELETE',
    tail: 'following/{item}',
    writes: true,
    source: `${docs}/driveitem-unfollow`,
    handle: unfollowById,
  },
];

function businessOnly(context: DriveContext): void {
  if (context.drive.kind === 'personal')
    throw notSupported('Following items is available on business drives only.', 400);
}

async function follow(context: ItemContext) {
  businessOnly(context);
  const account = context.caller.account.id;
  return context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    follows.put(records, keyOf(account, item.key), { account, drive: context.drive.id, item: item.key });
    return json(200, itemBody(records, context, item));
  });
}

async function unfollow(context: ItemContext) {
  businessOnly(context);
  context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    follows.delete(records, keyOf(context.caller.account.id, item.key));
  });
  return empty(204);
}

interface FollowedItem {
  readonly item: ItemRecord;
  readonly context: DriveContext;
}

/** The items that the caller follows, on any drive, and may still read. */
function followedItems(records: Records, context: DriveContext): readonly FollowedItem[] {
  const account = context.caller.account.id;
  return follows.list(records, { prefix: `${account}/` }).flatMap((one) => {
    const drive = drives.get(records, driveKey(one.drive));
    const item = records.item(one.item);
    if (drive === undefined || item === undefined || item.bin !== 0) return [];
    if (!reaches(levelOn(records, drive, item, accessContext(context)), 'read')) return [];
    return [{ item, context: { ...context, drive } }];
  });
}

async function list(context: DriveContext) {
  businessOnly(context);
  return context.world.storage.read((records) => {
    const value = followedItems(records, context).map(({ item, context: own }) =>
      shapeItem(records, own, item, placeOf(records, own.drive, item)),
    );
    return json(200, listBody(context, value));
  });
}

function oneOf(records: Records, context: DriveContext): FollowedItem {
  const id = param(context, 'item');
  const found = followedItems(records, context).find(({ item }) => item.id === id);
  if (found === undefined) throw itemNotFound('The item is not followed.');
  return found;
}

async function getFollowed(context: DriveContext) {
  businessOnly(context);
  return context.world.storage.read((records) => {
    const { item, context: own } = oneOf(records, context);
    return json(200, itemBody(records, own, item));
  });
}

async function unfollowById(context: DriveContext) {
  businessOnly(context);
  context.world.storage.write((records) => {
    follows.delete(records, keyOf(context.caller.account.id, oneOf(records, context).item.key));
  });
  return empty(204);
}
