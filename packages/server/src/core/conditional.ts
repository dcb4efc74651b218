/**
 * Conditional requests. The service accepts an eTag or a cTag, quoted or bare, in lists, and `*`.
 * Source: https://learn.microsoft.com/graph/api/driveitem-get (if-none-match), RFC 9110 §13.
 */
import { headerTag } from './entity-tags.ts';

/** The tags in a header value, unquoted and without the weak mark; `*` stays as it is. */
export function parseTags(header: string): readonly string[] {
  const quoted = [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map((match) => match[1] ?? '');
  if (quoted.length > 0) return quoted;
  const bare = header.trim().replace(/^W\//, '');
  // A bare business eTag holds a comma of its own.
  return [bare, ...bare.split(',').map((tag) => tag.trim())];
}

/** Does one of the tags in `header` name what is there? `current` is undefined where nothing is. */
export function tagsMatch(header: string, current: readonly string[] | undefined): boolean {
  const tags = parseTags(header);
  if (current === undefined) return false;
  if (tags.includes('*')) return true;
  const known = new Set(current.map((tag) => headerTag(tag).slice(1, -1)));
  return tags.some((tag) => known.has(tag));
}

export type Precondition = 'go' | 'not-modified' | 'failed';

/** What If-Match and If-None-Match say about a request; `reading` is true for GET and HEAD. */
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
