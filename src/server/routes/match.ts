/** Matches segments with the patterns of routes: `versions/{version}/content`, `/{tenant}/oauth2/v2.0/token`. */
import type { PathSegment } from '../domain/path-segments.ts';

/** The parameters of a match, or undefined. */
export function matchPattern(
  pattern: string,
  segments: readonly string[],
): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter((part) => part !== '');
  if (wanted.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}

/** The same for the tail of an address; the arguments of its last function are parameters too. */
export function matchTail(pattern: string, tail: readonly PathSegment[]): Record<string, string> | undefined {
  const params = matchPattern(
    pattern,
    tail.map((segment) => segment.name),
  );
  return params === undefined ? undefined : { ...params, ...tail.at(-1)?.args };
}

/** The decoded segments of a URL path, or undefined when an escape is broken. */
export function plainSegments(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
