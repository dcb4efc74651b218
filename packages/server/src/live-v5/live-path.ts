/**
 * Reads a v5.0 path. Sources: MSDN hh826545 "Core concepts" and dn659731 "Folder and file properties" (`me/skydrive`,
 * friendly folders, ids), hh243648 (`me`, `me/albums`, `me/permissions`).
 */

import { type ReadId, readCommentId, readLiveId, readTagId } from './live-id.ts';
import { refusals } from './live-refusal.ts';

/** Folders that have a name of their own, and what Microsoft Graph calls them. */
export const friendlyFolders = {
  my_documents: 'documents',
  my_photos: 'photos',
  public_documents: 'public',
  camera_roll: 'cameraroll',
} as const;

export type FriendlyFolder = keyof typeof friendlyFolders;

/** What a path names, and what comes after it. */
export type LiveTarget =
  | { readonly on: 'user'; readonly user: string; readonly tail: readonly string[] }
  | { readonly on: 'drive'; readonly user: string; readonly tail: readonly string[] }
  | { readonly on: 'item'; readonly item: ItemName; readonly tail: readonly string[] }
  | {
      readonly on: 'comment';
      readonly short: string;
      readonly number: number;
      readonly tail: readonly string[];
    }
  | { readonly on: 'tag'; readonly short: string; readonly tag: string; readonly tail: readonly string[] };

export type ItemName =
  | { readonly by: 'root'; readonly user: string }
  | { readonly by: 'friendly'; readonly user: string; readonly name: FriendlyFolder }
  | { readonly by: 'id'; readonly id: ReadId; readonly text: string };

/** Words after `me/skydrive/` that are views of the drive and no folders. */
const views: ReadonlySet<string> = new Set(['quota', 'recent_docs', 'recent', 'shared', 'search']);

const isFriendly = (name: string | undefined): name is FriendlyFolder =>
  name !== undefined && Object.hasOwn(friendlyFolders, name);

/** The target of decoded segments, those after `/v5.0`. @throws LiveRefusal 400 for a path that v5.0 does not have. */
export function readLivePath(segments: readonly string[]): LiveTarget {
  const [first = '', second, ...rest] = segments;
  const tail = segments.slice(1);
  const id = readLiveId(first);
  if (id !== undefined) return { on: 'item', item: { by: 'id', id, text: first }, tail };
  const comment = readCommentId(first);
  if (comment !== undefined) return { on: 'comment', ...comment, tail };
  const tag = readTagId(first);
  if (tag !== undefined) return { on: 'tag', ...tag, tail };
  const lower = first.toLowerCase();
  if (lower !== 'me' && !/^[0-9a-f]{16}$/.test(lower)) throw refusals.urlInvalid(segments.join('/'));
  if (second !== 'skydrive') return { on: 'user', user: lower, tail };
  const [word] = rest;
  if (isFriendly(word))
    return { on: 'item', item: { by: 'friendly', user: lower, name: word }, tail: rest.slice(1) };
  if (word !== undefined && views.has(word)) return { on: 'drive', user: lower, tail: rest };
  return { on: 'item', item: { by: 'root', user: lower }, tail: rest };
}

/** The parameters of `tail` where it has the form of `pattern`: `files/{name}`; undefined where it has not. */
export function matchLiveTail(
  pattern: string,
  tail: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parts = pattern === '' ? [] : pattern.split('/');
  if (parts.length !== tail.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const segment = tail[at] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
