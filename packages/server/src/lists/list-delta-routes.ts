/**
 * The changes in a library, returned as list items: the delta of its drive.
 * https://learn.microsoft.com/graph/api/listitem-delta
 */

import { type DeltaForm, delta } from '../files/delta/delta-routes.ts';
import type { DriveContext, DriveRoute } from '../files/drives/drive-route.ts';
import type { ItemSelector } from '../files/items/drive-address.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { rootOf } from '../files/items/resolve.ts';
import { listItemOf } from './list-fields.ts';
import { listPlaceOf } from './list-place.ts';
import { shapeListItem } from './list-routes.ts';

const root: ItemSelector = { start: { by: 'root' }, path: [] };

export const listDeltaRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: 'list/items/delta',
    writes: false,
    source: 'https://learn.microsoft.com/graph/api/listitem-delta',
    handle: async (context) => delta(context, root, ofRows),
  },
];

const ofRows: DeltaForm = {
  /** The root and shortcuts are not list items. */
  includes: ({ parent, data }: ItemRecord) => parent !== 0 && data.kind !== 'shortcut',
  entry(records, context, item, { token }) {
    if (item.bin === 0)
      return shapeListItem(records, context, item, { ...context.options, select: token.select });
    const { id, parentReference } = listItemOf(records, context, item, false);
    return { id, parentReference, deleted: { state: 'deleted' } };
  },
  body: ({ links }: DriveContext, value: readonly Json[], link: Json) => ({
    '@odata.context': `${links.base}/$metadata#Collection(listItem)`,
    ...link,
    value,
  }),
  address: ({ drive, links, world }) => {
    const { siteId, listId } = world.storage.read((records) =>
      listPlaceOf(records, drive, rootOf(records, drive)),
    );
    return `${links.base}/sites/${siteId}/lists/${listId}/items/delta`;
  },
};
