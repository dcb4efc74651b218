/**
 * Subscriptions as a relationship of the watched folder: those of `/subscriptions`, addressed through the item.
 * https://learn.microsoft.com/graph/api/resources/driveitem#relationships
 */
import type { ServerResponse } from '../core/http.ts';
import { itemNotFound } from '../core/service-error.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import { findItem } from '../files/items/resolve.ts';
import { subscriptions } from './subscription-record.ts';
import {
  answerSubscription,
  listSubscriptions,
  reauthorize,
  renew,
  subscribe,
  unsubscribe,
} from './subscription-routes.ts';

const source = 'https://learn.microsoft.com/graph/api/resources/driveitem#relationships';
const item = { on: 'item', writes: false, source } as const;

export const itemSubscriptionRoutes: readonly DriveRoute[] = [
  {
    ...item,
    method: 'GET',
    tail: 'subscriptions',
    handle: async (context: ItemContext) => listSubscriptions(context, keyOf(context)),
  },
  {
    ...item,
    method: 'POST',
    tail: 'subscriptions',
    handle: async (context: ItemContext) => subscribe(context, resourceOf(context)),
  },
  {
    ...item,
    method: 'GET',
    tail: 'subscriptions/{id}',
    handle: within(async (context) => answerSubscription(context)),
  },
  { ...item, method: 'PATCH', tail: 'subscriptions/{id}', handle: within(renew) },
  { ...item, method: 'DELETE', tail: 'subscriptions/{id}', handle: within(unsubscribe) },
  { ...item, method: 'POST', tail: 'subscriptions/{id}/reauthorize', handle: within(reauthorize) },
];

const keyOf = ({ world, drive, selector }: ItemContext): number =>
  world.storage.read((records) => findItem(records, drive, selector).key);

/** The item by id, which a rename does not change. */
function resourceOf({ world, drive, selector }: ItemContext): string {
  const item = world.storage.read((records) => findItem(records, drive, selector));
  const place = item.parent === 0 ? 'root' : `items/${item.id}`;
  return `/drives/${drive.id}/${place}`;
}

/** @throws ServiceError 404 for a subscription to another resource. */
function within(handle: (context: ItemContext) => Promise<ServerResponse>) {
  return async (context: ItemContext): Promise<ServerResponse> => {
    const one = context.world.storage.read((records) =>
      subscriptions.get(records, param(context, 'id').toLowerCase()),
    );
    if (one?.item !== keyOf(context)) throw itemNotFound('The subscription could not be found.');
    return handle(context);
  };
}
