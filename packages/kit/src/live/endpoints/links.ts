/** Links that let others see or edit an object, and the HTML that shows it on a page. */
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, objectPath, sendForObject } from '../send.ts';
import type { LiveLink, LiveLinkType } from '../types/index.ts';

/**
 * A link to an object; from then on the object counts as shared, whether or not the link is used.
 * @see MSDN dn631834, "File object"
 * @throws LiveError `not-found`
 */
export function getLink(
  client: LiveClient,
  object: string,
  type: LiveLinkType = 'shared_read_link',
  options: CallOptions = {},
): Promise<LiveLink> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: `${objectPath(object)}/${type}`,
    what: `make a link to ${object}`,
    options,
  });
}
