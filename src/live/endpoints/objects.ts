/** Any object: read, change, delete; and copy or move a file. */
import type { LiveClient } from '../client.ts';
import { type CallOptions, objectPath, sendForNothing, sendForObject } from '../send.ts';
import type { LiveChange, LiveObject } from '../types/index.ts';

/** An object by id or friendly path (`me/skydrive/my_photos`). @throws LiveError `not-found` … */
export function getObject(
  client: LiveClient,
  object = 'me/skydrive',
  options: CallOptions = {},
): Promise<LiveObject> {
  return sendForObject(client, {
    method: 'GET',
    url: objectPath(object),
    what: `read ${object}`,
    options,
  });
}

/**
 * Changes a name, a description, a sort order. @see MSDN dn659731, "Folder and file properties"
 * @throws LiveError `conflict` when the new name is taken, `invalid-request`
 */
export function updateObject(
  client: LiveClient,
  object: string,
  change: LiveChange,
  options: CallOptions = {},
): Promise<LiveObject> {
  return sendForObject(client, {
    method: 'PUT',
    url: objectPath(object),
    what: `change ${object}`,
    json: change,
    options,
  });
}

/** Deletes an object; a folder goes with all it holds, to the recycle bin. @throws LiveError `not-found` */
export function deleteObject(client: LiveClient, object: string, options: CallOptions = {}): Promise<void> {
  return sendForNothing(client, {
    method: 'DELETE',
    url: objectPath(object),
    what: `delete ${object}`,
    options,
  });
}

function transfer(
  client: LiveClient,
  method: 'COPY' | 'MOVE',
  file: string,
  destination: string,
  options: CallOptions,
): Promise<LiveObject> {
  return sendForObject(client, {
    method,
    url: objectPath(file),
    what: `${method.toLowerCase()} ${file} to ${destination}`,
    json: { destination },
    // Repeated after a lost answer, a copy would be there twice and a move would not find its source.
    idempotent: false,
    options,
  });
}

/**
 * Copies a file into a folder, at once. @param destination a folder id: friendly paths are refused.
 * @see MSDN dn631834, "File object"
 * @throws LiveError `invalid-request` for a folder, which v5.0 cannot copy; `conflict` when the name is taken there.
 */
export function copyObject(
  client: LiveClient,
  file: string,
  destination: string,
  options: CallOptions = {},
): Promise<LiveObject> {
  return transfer(client, 'COPY', file, destination, options);
}

/** Moves a file into a folder. As {@link copyObject}. */
export function moveObject(
  client: LiveClient,
  file: string,
  destination: string,
  options: CallOptions = {},
): Promise<LiveObject> {
  return transfer(client, 'MOVE', file, destination, options);
}
