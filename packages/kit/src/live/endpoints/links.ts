/** Sharing links to view or edit an object, and the HTML that embeds it in a page. */
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, objectPath, sendForObject } from '../send.ts';
import type { LiveLink, LiveLinkType } from '../types/index.ts';

/**
 * Creates a link to an object; the object is shared from then on, whether or not the link is used.
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
    what: `create a link to ${object}`,
    options,
  });
}
