/**
 * Conditional requests. The service accepts an eTag or a cTag, quoted or unquoted, in lists, and `*`.
 * Source: https://learn.microsoft.com/graph/api/driveitem-get (if-none-match), RFC 9110 §13.
 */
import { headerTag } from './entity-tags.ts';

/** The tags in a header value, without quotes and weak marks; `*` is returned unchanged. */
export function parseTags(header: string): readonly string[] {
  const quoted = [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map((match) => match[1] ?? '');
  if (quoted.length > 0) return quoted;
  const bare = header.trim().replace(/^W\//, '');
  // An unquoted business eTag contains a comma.
  return [bare, ...bare.split(',').map((tag) => tag.trim())];
}

/** Whether one of the tags in `header` matches. `current` is undefined if the item does not exist. */
export function tagsMatch(header: string, current: readonly string[] | undefined): boolean {
  const tags = parseTags(header);
  if (current === undefined) return false;
  if (tags.includes('*')) return true;
  const currentTags = new Set(current.map((tag) => headerTag(tag).slice(1, -1)));
  return tags.some((tag) => currentTags.has(tag));
}

export type Precondition = 'go' | 'not-modified' | 'failed';

/** Evaluates If-Match and If-None-Match; `reading` is true for GET and HEAD. */
export function precondition(
  headers: { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined },
  current: readonly string[] | undefined,
  reading: boolean,
): Precondition {
  if (headers.ifMatch !== undefined && !tagsMatch(headers.ifMatch, current)) return 'failed';
  if (headers.ifNoneMatch !== undefined && tagsMatch(headers.ifNoneMatch, current))
    return reading ? 'not-modified' : 'failed';
  return 'go';
}
