/** The socket.io channel of a drive: https://learn.microsoft.com/graph/api/subscriptions-socketio */
import { json } from '../core/answers.ts';
import { guidOf } from '../core/guid.ts';
import { timestamp } from '../core/timestamps.ts';
import type { DriveRoute, ItemContext } from '../files/drives/drive-route.ts';
import { secretName } from '../sharing/links.ts';
import { channels } from './subscription-record.ts';

export const channelRoutes: readonly DriveRoute[] = [
  {
    on: 'item',
    method: 'GET',
    tail: 'subscriptions/socketIo',
    writes: false,
    source: 'https://learn.microsoft.com/graph/api/subscriptions-socketio',
    handle: openChannel,
  },
];

/** A URL for a socket.io connection; it contains a secret. The client connects to the namespace in its path. */
async function openChannel(context: ItemContext) {
  const { world, drive, caller, links } = context;
  const secret = secretName(world);
  const id = guidOf(world.random.bytes(16)).toLowerCase();
  const expires = world.clock.now() + world.settings.channelLifetime;
  world.storage.write((records) =>
    channels.put(records, secret, { id, driveId: drive.id, accountId: caller.account.id, expires }),
  );
  return json(200, {
    '@odata.context': `${links.base}/$metadata#subscriptions/$entity`,
    id,
    notificationUrl: `${links.origin}/notifications?channel=${secret}`,
    expirationDateTime: timestamp(expires, 'personal'),
  });
}
