/** Being told of changes over a connection that the client opens: no address of its own is needed, as webhooks do. */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef } from '../item-ref.ts';
import { rootItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { ChangeChannel } from '../types/index.ts';

/**
 * A URL to connect to with socket.io, whose `notification` events tell that something in the drive changed. Needs a
 * signed-in user: applications have none.
 * @see https://learn.microsoft.com/graph/api/subscriptions-socketio
 */
export function getChangeChannel(
  client: GraphClient,
  drive: DriveRef,
  options: CallOptions = {},
): Promise<ChangeChannel> {
  return sendForObject<ChangeChannel>(client, {
    method: 'GET',
    contract: contracts.read,
    url: itemPath(drive, rootItem, 'subscriptions/socketIo'),
    what: 'open the channel of changes',
    options,
  });
}
