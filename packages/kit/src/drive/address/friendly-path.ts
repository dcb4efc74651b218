/**
 * `me/skydrive` and the folders below it that have names of their own: how v5.0, and scripts that were written for it,
 * call the root and the special folders. Graph's names for them:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk. Pure.
 */
import type { ItemRef } from '../../graph/item-ref.ts';

const special: Readonly<Record<string, string>> = {
  my_documents: 'documents',
  my_photos: 'photos',
  camera_roll: 'cameraroll',
  public_documents: 'public',
};

/** The ref of names that begin so; undefined for any others. With a slash in front the same words are plain folders. */
export function friendlyRef(text: string, names: readonly string[]): ItemRef | undefined {
  const [me, skydrive, folder = '', ...path] = names;
  if (!text.startsWith('me/') || me !== 'me' || skydrive !== 'skydrive') return undefined;
  return Object.hasOwn(special, folder)
    ? { anchor: { kind: 'special', name: special[folder] ?? '' }, path }
    : { anchor: { kind: 'root' }, path: names.slice(2) };
}
