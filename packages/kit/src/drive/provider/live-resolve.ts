/**
 * Resolves refs to v5.0 objects. The API has no paths: each name is searched in the list of its folder, page
 * by page. If two objects of a folder share a name, the first one is used.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { ItemAnchor, ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { LiveClient } from '../../live/client.ts';
import { getObject, listFiles } from '../../live/index.ts';
import { formatObjectId, parseObjectId } from '../../live/object-id.ts';
import type { LiveObject } from '../../live/types/index.ts';
import type { ProviderCall } from './provider.ts';

/** Objects per request. */
const pageSize = 500;

/** The names of special folders in Graph and in v5.0. */
const friendly: Readonly<Record<string, string>> = {
  documents: 'me/skydrive/my_documents',
  photos: 'me/skydrive/my_photos',
  cameraroll: 'me/skydrive/camera_roll',
  public: 'me/skydrive/public_documents',
};

/** Returns the object of a ref. @throws OneDriveError `not-found`, LiveError */
export async function resolveLive(client: LiveClient, ref: ItemRef, call: ProviderCall): Promise<LiveObject> {
  const { path } = ref;
  if (path.length === 0) return anchorObject(client, ref.anchor, call);
  let folder = await anchorName(client, ref.anchor, call);
  let found: LiveObject | undefined;
  for (const [depth, name] of path.entries()) {
    if (found !== undefined && found.type !== 'folder' && found.type !== 'album') throw missing(ref);
    found = await childNamed(client, folder, name, call);
    if (found === undefined) throw missing({ anchor: ref.anchor, path: path.slice(0, depth + 1) });
    folder = found.id;
  }
  return found ?? anchorObject(client, ref.anchor, call);
}

/**
 * The first child with exactly that name, otherwise the first that differs only in case, since names may
 * differ in case.
 */
export async function childNamed(
  client: LiveClient,
  folder: string,
  name: string,
  call: ProviderCall,
): Promise<LiveObject | undefined> {
  const folded = name.toLowerCase();
  let similar: LiveObject | undefined;
  for await (const object of listFiles(client, folder, { ...call, pageSize })) {
    if (object.name === name) return object;
    if (similar === undefined && object.name.toLowerCase() === folded) similar = object;
  }
  return similar;
}

/** The anchor as an object that can be listed. */
async function anchorName(client: LiveClient, anchor: ItemAnchor, call: ProviderCall): Promise<string> {
  if (anchor.kind === 'root') return 'me/skydrive';
  if (anchor.kind === 'special' || parseObjectId(anchor.id) === undefined)
    return (await anchorObject(client, anchor, call)).id;
  return anchor.id;
}

function anchorObject(client: LiveClient, anchor: ItemAnchor, call: ProviderCall): Promise<LiveObject> {
  switch (anchor.kind) {
    case 'root':
      return getObject(client, 'me/skydrive', call);
    case 'special':
      return getObject(client, friendlyName(anchor.name), call);
    case 'id':
      return objectOfId(client, anchor.id, call);
  }
}

function friendlyName(name: string): string {
  const known = friendly[name.toLowerCase()];
  if (known !== undefined) return known;
  throw new OneDriveError('not-supported', `The Live v5.0 API has no special folder called ${name}.`, {
    hint: `Its special folders are ${Object.keys(friendly).join(', ')}.`,
  });
}

/** A full id is used as it is; a short one, `CID!n`, may be a file or a folder: both are tried. */
async function objectOfId(client: LiveClient, id: string, call: ProviderCall): Promise<LiveObject> {
  const user = /^([0-9a-f]{1,16})![0-9a-z]+$/i.exec(id)?.[1];
  if (user === undefined) return getObject(client, id, call);
  const owner = user.toLowerCase().padStart(16, '0');
  try {
    return await getObject(client, formatObjectId({ kind: 'file', user: owner, item: id }), call);
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
    return getObject(client, formatObjectId({ kind: 'folder', user: owner, item: id }), call);
  }
}

function missing(ref: ItemRef): OneDriveError {
  return new OneDriveError('not-found', `There is nothing at ${describeItem(ref)}.`, {
    hint: 'Check the spelling of the path, or list the parent folder to see what is there.',
  });
}
