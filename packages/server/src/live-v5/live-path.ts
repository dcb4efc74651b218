/**
 * Parses the path of a Live v5.0 request. Sources: MSDN hh826545 "Core concepts" and dn659731 "Folder and file properties"
 * (`me/skydrive`, friendly folders, ids), hh243648 (`me`, `me/albums`, `me/permissions`).
 */

import { type ReadId, readCommentId, readLiveId, readTagId } from './live-id.ts';
import { refusals } from './live-refusal.ts';

/** Friendly names of folders, and the names of these special folders in Microsoft Graph. */
export const friendlyFolders = {
  my_documents: 'documents',
  my_photos: 'photos',
  public_documents: 'public',
  camera_roll: 'cameraroll',
} as const;

export type FriendlyFolder = keyof typeof friendlyFolders;

/** The object that a path addresses, and the remaining segments. */
export type LiveTarget =
  | { readonly on: 'user'; readonly user: string; readonly rest: readonly string[] }
  | { readonly on: 'drive'; readonly user: string; readonly rest: readonly string[] }
  | { readonly on: 'item'; readonly item: ItemName; readonly rest: readonly string[] }
  | {
      readonly on: 'comment';
      readonly short: string;
      readonly number: number;
      readonly rest: readonly string[];
    }
  | { readonly on: 'tag'; readonly short: string; readonly tag: string; readonly rest: readonly string[] };

export type ItemName =
  | { readonly by: 'root'; readonly user: string }
  | { readonly by: 'friendly'; readonly user: string; readonly name: FriendlyFolder }
  | { readonly by: 'id'; readonly id: ReadId; readonly text: string };

/** Words after `me/skydrive/` that are views of the drive and not folders. */
const views: ReadonlySet<string> = new Set(['quota', 'recent_docs', 'recent', 'shared', 'search']);

const isFriendly = (name: string | undefined): name is FriendlyFolder =>
  name !== undefined && Object.hasOwn(friendlyFolders, name);

/** The target of decoded segments, those after `/v5.0`. @throws LiveRefusal 400 for a path that does not exist in v5.0. */
export function readLivePath(segments: readonly string[]): LiveTarget {
  const [first = '', second, ...afterSecond] = segments;
  const rest = segments.slice(1);
  const id = readLiveId(first);
  if (id !== undefined) return { on: 'item', item: { by: 'id', id, text: first }, rest };
  const comment = readCommentId(first);
  if (comment !== undefined) return { on: 'comment', ...comment, rest };
  const tag = readTagId(first);
  if (tag !== undefined) return { on: 'tag', ...tag, rest };
  const lower = first.toLowerCase();
  if (lower !== 'me' && !/^[0-9a-f]{16}$/.test(lower)) throw refusals.urlInvalid(segments.join('/'));
  if (second !== 'skydrive') return { on: 'user', user: lower, rest };
  const [word] = afterSecond;
  if (isFriendly(word))
    return { on: 'item', item: { by: 'friendly', user: lower, name: word }, rest: afterSecond.slice(1) };
  if (word !== undefined && views.has(word)) return { on: 'drive', user: lower, rest: afterSecond };
  return { on: 'item', item: { by: 'root', user: lower }, rest: afterSecond };
}

/** The parameters of `rest` if it matches `pattern`, such as `files/{name}`; otherwise undefined. */
export function matchLiveTail(
  pattern: string,
  rest: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parts = pattern === '' ? [] : pattern.split('/');
  if (parts.length !== rest.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const segment = rest[at] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
