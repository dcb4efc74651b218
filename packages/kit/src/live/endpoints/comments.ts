/** Comments on objects. Microsoft Graph has no equivalent. */
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, objectPath, sendForNothing, sendForObject } from '../send.ts';
import type { LiveCollection, LiveComment } from '../types/index.ts';

/** Lists the comments on an object. @see MSDN dn631832, "Comment object" */
export function listComments(
  client: LiveClient,
  object: string,
  options: CallOptions = {},
): Promise<LiveCollection<LiveComment>> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: `${objectPath(object)}/comments`,
    what: `list the comments on ${object}`,
    options,
  });
}

/** One comment. @param comment its id, `comment.…` @throws LiveError `not-found` */
export function getComment(
  client: LiveClient,
  comment: string,
  options: CallOptions = {},
): Promise<LiveComment> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: objectPath(comment),
    what: `read ${comment}`,
    options,
  });
}

/** Adds a comment of at most 10,000 characters. @throws LiveError `invalid-request` */
export function addComment(
  client: LiveClient,
  object: string,
  message: string,
  options: CallOptions = {},
): Promise<LiveComment> {
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.create,
    url: `${objectPath(object)}/comments`,
    what: `comment on ${object}`,
    json: { message },
    options,
  });
}

/** Deletes a comment. @param comment its id, `comment.…` @throws LiveError `not-found` */
export function deleteComment(client: LiveClient, comment: string, options: CallOptions = {}): Promise<void> {
  return sendForNothing(client, {
    method: 'DELETE',
    contract: contracts.delete,
    url: objectPath(comment),
    what: `delete ${comment}`,
    options,
  });
}
