/**
 * The items that the owner of a personal drive shared:
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/drive_sharedbyme
 */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import { notSupported } from '../core/service-error.ts';
import type { DriveContext, DriveRoute } from '../files/drives/drive-route.ts';
import { listBody, placeOf, shapeItem } from '../files/items/answer-items.ts';
import { hasEnded } from './access.ts';
import { permissions } from './permission-record.ts';

export const sharedByMeRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: 'shared',
    writes: false,
    needs: 'owner',
    source: 'https://learn.microsoft.com/onedrive/developer/rest-api/api/drive_sharedbyme',
    handle: sharedByMe,
  },
];

async function sharedByMe(context: DriveContext): Promise<ServerResponse> {
  const { drive, world } = context;
  if (drive.kind !== 'personal')
    throw notSupported(
      'This list is available on OneDrive Personal only; list the permissions of the items instead.',
      400,
    );
  return world.storage.read((records) => {
    const now = world.clock.now();
    const shared = permissions
      .find(records, `drive:${drive.id}`)
      .filter((permission) => !hasEnded(permission, now));
    const items = [...new Set(shared.map(({ item }) => item))].flatMap((key) => {
      const item = records.item(key);
      return item?.bin === 0 ? [item] : [];
    });
    const value = items.map((item) => shapeItem(records, context, item, placeOf(records, drive, item)));
    return json(200, listBody(context, value));
  });
}
