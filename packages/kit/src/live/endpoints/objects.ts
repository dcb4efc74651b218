/** Any object: read, change, delete; and copy or move a file. */
import type { Attempts } from '../../http/attempts.ts';
import { repeatable, repeatableDeletion } from '../../http/repeated.ts';
import type { LiveClient } from '../client.ts';
import { contracts } from '../contract.ts';
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
    contract: contracts.read,
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
    contract: contracts.update,
    url: objectPath(object),
    what: `change ${object}`,
    json: change,
    options,
  });
}

/**
 * Deletes an object; a folder is moved to the recycle bin with everything in it. Repeated after a lost
 * response; an object that a repeated attempt does not find was deleted.
 * @throws LiveError `not-found`
 */
export function deleteObject(client: LiveClient, object: string, options: CallOptions = {}): Promise<void> {
  return repeatableDeletion((memory) =>
    sendForNothing(client, {
      method: 'DELETE',
      contract: contracts.delete,
      url: objectPath(object),
      what: `delete ${object}`,
      attempts: memory,
      options,
    }),
  );
}

function transfer(
  client: LiveClient,
  method: 'COPY' | 'MOVE',
  file: string,
  destination: string,
  { memory, ...options }: CallOptions & { readonly memory?: Attempts },
): Promise<LiveObject> {
  return sendForObject(client, {
    method,
    contract: contracts.transfer,
    url: objectPath(file),
    what: `${method.toLowerCase()} ${file} to ${destination}`,
    json: { destination },
    idempotent: method === 'MOVE',
    attempts: memory,
    options,
  });
}

/**
 * Copies a file into a folder, synchronously. Not repeated after a lost response: v5.0 has no hash to
 * recognize the copy. @param destination a folder id: friendly paths are rejected.
 * @see MSDN dn631834, "File object"
 * @throws LiveError `invalid-request` for a folder, which v5.0 cannot copy; `conflict` if the name is taken
 * there.
 */
export function copyObject(
  client: LiveClient,
  file: string,
  destination: string,
  options: CallOptions = {},
): Promise<LiveObject> {
  return transfer(client, 'COPY', file, destination, options);
}

/**
 * Moves a file into a folder. Like {@link copyObject}, but repeated after a lost response: if the file is in
 * the folder when a repeated attempt is refused, it was moved.
 */
export function moveObject(
  client: LiveClient,
  file: string,
  destination: string,
  options: CallOptions = {},
): Promise<LiveObject> {
  return repeatable((memory) => transfer(client, 'MOVE', file, destination, { ...options, memory }), {
    traces: ['conflict', 'not-found', 'invalid-request'],
    async result() {
      const object = await getObject(client, file, options);
      return object.parent_id === destination ? object : undefined;
    },
  });
}
