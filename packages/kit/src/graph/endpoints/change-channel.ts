/**
 * Change notifications over a connection that the client opens; unlike webhooks, this needs no public
 * address.
 */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef } from '../item-ref.ts';
import { rootItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { ChangeChannel } from '../types/index.ts';

/**
 * Returns a URL to connect to with socket.io, whose `notification` events report that something in the drive
 * changed. Requires a signed-in user, not an application.
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
    what: 'open the change notification channel',
    options,
  });
}
