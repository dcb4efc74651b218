/**
 * The URL of a BITS upload, which is used for every packet of it. A folder is addressed by the short part of
 * its id; the root has none and is addressed by path. Source: the preview documentation of OneDrive's BITS
 * endpoint, https://gist.github.com/rgregg/37ba8929768a62131e85
 */
import { OneDriveError } from '../../errors/index.ts';
import type { LiveClient } from '../client.ts';
import { parseObjectId } from '../object-id.ts';
import { encodeSegment } from '../send.ts';

/** A file in a folder, by the folder's id or by path from the root. */
export type BitsTarget =
  | { readonly folder: string; readonly name: string }
  | { readonly path: readonly string[] };

/**
 * The URL of an upload.
 * @param user 16 hex digits: the owner of the drive.
 * @throws OneDriveError `usage` if `folder` is not a folder id, `invalid-name` for a name that cannot be a
 * segment.
 */
export function bitsUrl(client: LiveClient, user: string, target: BitsTarget): string {
  const base = client.storageUrl.replaceAll('{user}', user);
  if ('path' in target) return byPath(base, user, target.path);
  const id = parseObjectId(target.folder);
  if (id?.kind !== 'folder') {
    throw new OneDriveError('usage', `Invalid folder id: ${JSON.stringify(target.folder)}.`, {
      hint: 'A BITS upload requires an id such as folder.a6b2a7e8f2515e5e; request me/skydrive/… first to get it.',
    });
  }
  if (id.item === undefined) return byPath(base, user, [target.name]);
  return `${base}/items/${encodeSegment(id.item)}/${encodeSegment(target.name)}`;
}

function byPath(base: string, user: string, path: readonly string[]): string {
  return `${base}/users/0x${user}/LiveFolders/${path.map(encodeSegment).join('/')}`;
}
