/**
 * The users who created and last modified an item, as user objects: https://learn.microsoft.com/graph/api/resources/baseitem
 */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import { selectProperties } from '../core/odata/select.ts';
import { itemNotFound } from '../core/service-error.ts';
import type { DriveRoute, ItemContext } from '../files/drives/drive-route.ts';
import type { IdentityRecord, ItemRecord } from '../files/items/item-record.ts';
import { findItem } from '../files/items/resolve.ts';
import { accounts } from './account-record.ts';
import { userJson } from './directory-json.ts';

const source = 'Microsoft Graph v1.0 CSDL, baseItem: navigation properties createdByUser, lastModifiedByUser';

export const authorRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'item',
    tail: 'createdByUser',
    writes: false,
    source,
    handle: async (context) => answerAuthor(context, ({ data }) => data.createdBy),
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'lastModifiedByUser',
    writes: false,
    source,
    handle: async (context) => answerAuthor(context, ({ data }) => data.modifiedBy),
  },
];

/** @throws ServiceError 404 if it was the system or an application. */
function answerAuthor(context: ItemContext, of: (item: ItemRecord) => IdentityRecord): ServerResponse {
  return context.world.storage.read((records) => {
    const { id } = of(findItem(records, context.drive, context.selector));
    const account = id === undefined ? undefined : accounts.get(records, id);
    if (account === undefined) throw itemNotFound('The author of the item is not a user in the directory.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#users/$entity`,
      ...selectProperties(userJson(account), context.options.select),
    });
  });
}
