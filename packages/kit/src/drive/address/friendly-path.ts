/**
 * The friendly paths of v5.0, which scripts written for it still use: `me/skydrive` and the special folders
 * below it. Graph's names for them:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk. Pure.
 */
import type { ItemRef } from '../../graph/item-ref.ts';

const special: Readonly<Record<string, string>> = {
  my_documents: 'documents',
  my_photos: 'photos',
  camera_roll: 'cameraroll',
  public_documents: 'public',
};

/**
 * The ref of a friendly path; undefined for any other path. With a leading slash the same words are ordinary
 * folders.
 */
export function friendlyRef(text: string, names: readonly string[]): ItemRef | undefined {
  const [me, skydrive, folder = '', ...path] = names;
  if (!text.startsWith('me/') || me !== 'me' || skydrive !== 'skydrive') return undefined;
  return Object.hasOwn(special, folder)
    ? { anchor: { kind: 'special', name: special[folder] ?? '' }, path }
    : { anchor: { kind: 'root' }, path: names.slice(2) };
}
