/** Tags: the people in a photo or video. Microsoft Graph has no equivalent. */
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type CallOptions, objectPath, sendForNothing, sendForObject } from '../send.ts';
import type { LiveCollection, LiveNewTag, LiveTag } from '../types/index.ts';

/**
 * The tags of a photo, a video or an audio file. @see MSDN dn659721, "Read, create, or delete tags (REST)"
 */
export function listTags(
  client: LiveClient,
  object: string,
  options: CallOptions = {},
): Promise<LiveCollection<LiveTag>> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: `${objectPath(object)}/tags`,
    what: `list the tags on ${object}`,
    options,
  });
}

/** One tag. @param tag its id, `tag.…` @throws LiveError `not-found` */
export function getTag(client: LiveClient, tag: string, options: CallOptions = {}): Promise<LiveTag> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: objectPath(tag),
    what: `read ${tag}`,
    options,
  });
}

/**
 * Adds a tag for a person. @throws LiveError `invalid-request`, also for an object that is not a photo, video
 * or audio file.
 */
export function addTag(
  client: LiveClient,
  object: string,
  tag: LiveNewTag,
  options: CallOptions = {},
): Promise<LiveTag> {
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.create,
    url: `${objectPath(object)}/tags`,
    what: `tag ${object}`,
    json: tag,
    options,
  });
}

/** Deletes a tag. @param tag its id, `tag.…` @throws LiveError `not-found` */
export function deleteTag(client: LiveClient, tag: string, options: CallOptions = {}): Promise<void> {
  return sendForNothing(client, {
    method: 'DELETE',
    contract: contracts.delete,
    url: objectPath(tag),
    what: `delete ${tag}`,
    options,
  });
}
