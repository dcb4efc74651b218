/** Who made an item, and who changed it last, as the people themselves: https://learn.microsoft.com/graph/api/resources/baseitem */
import { json } from '../../answers.ts';
import { selectProperties } from '../../domain/select.ts';
import type { ServerResponse } from '../../http.ts';
import { userJson } from '../../items/directory-json.ts';
import { findItem } from '../../items/resolve.ts';
import { itemNotFound } from '../../service-error.ts';
import { accounts } from '../../storage/records/account-record.ts';
import type { IdentityRecord, ItemRecord } from '../../storage/records/item-record.ts';
import type { DriveRoute, ItemContext } from './drive-route.ts';

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

/** @throws ServiceError 404 where it was the system, or an application. */
function answerAuthor(context: ItemContext, of: (item: ItemRecord) => IdentityRecord): ServerResponse {
  return context.world.storage.read((records) => {
    const { id } = of(findItem(records, context.drive, context.selector));
    const account = id === undefined ? undefined : accounts.get(records, id);
    if (account === undefined) throw itemNotFound('The item was made by nobody in the directory.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#users/$entity`,
      ...selectProperties(userJson(account), context.options.select),
    });
  });
}
