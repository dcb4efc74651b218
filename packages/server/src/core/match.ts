/** Matches path segments against route patterns: `versions/{version}/content`, `/{tenant}/oauth2/v2.0/token`. */
import type { PathSegment } from './path-segments.ts';

/** The parameters of a match, or undefined if the pattern does not match. */
export function matchPattern(
  pattern: string,
  segments: readonly string[],
): Record<string, string> | undefined {
  const parts = partsOf(pattern);
  if (parts.length !== segments.length) return undefined;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part?.parameter === undefined && part?.text !== segments[at]) return undefined;
  }
  const params: Record<string, string> = {};
  for (let at = 0; at < parts.length; at++) {
    const name = parts[at]?.parameter;
    if (name !== undefined) params[name] = segments[at] ?? '';
  }
  return params;
}

interface PatternPart {
  readonly text: string;
  /** In lower case. */
  readonly word: string;
  /** The name of a part that matches any segment. */
  readonly parameter: string | undefined;
}

/** Splits a pattern; results are cached, because patterns are few and used for every request. */
const patternCache = new Map<string, readonly PatternPart[]>();

function partsOf(pattern: string): readonly PatternPart[] {
  const cached = patternCache.get(pattern);
  if (cached !== undefined) return cached;
  const parts = pattern
    .split('/')
    .filter((text) => text !== '')
    .map((text) => ({
      text,
      word: text.toLowerCase(),
      parameter: text.startsWith('{') ? text.slice(1, -1) : undefined,
    }));
  patternCache.set(pattern, parts);
  return parts;
}

/** Matches segments of the drive API: words are case-insensitive, and function arguments become parameters. */
export function matchSegments(
  pattern: string,
  segments: readonly PathSegment[],
): Record<string, string> | undefined {
  const parts = partsOf(pattern);
  if (parts.length !== segments.length) return undefined;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part?.parameter === undefined && part?.word !== segments[at]?.name) return undefined;
  }
  const params: Record<string, string> = {};
  for (let at = 0; at < parts.length; at++) {
    const [name, segment] = [parts[at]?.parameter, segments[at]];
    if (name !== undefined) params[name] = segment?.text ?? '';
    Object.assign(params, segment?.args);
  }
  return params;
}

/**
 * The first of `segments` that no pattern continues with, for the error message; the last one if every segment is the start
 * of a pattern.
 */
export function firstUnknown(patterns: Iterable<string>, segments: readonly PathSegment[]): string {
  let matchedCount = 0;
  for (const pattern of patterns)
    matchedCount = Math.max(matchedCount, commonLength(partsOf(pattern), segments));
  return segments[Math.min(matchedCount, segments.length - 1)]?.text ?? '';
}

function commonLength(parts: readonly PatternPart[], segments: readonly PathSegment[]): number {
  const end = parts.findIndex(
    ({ word, parameter }, at) =>
      segments[at] === undefined || (parameter === undefined && word !== segments[at].name),
  );
  return end === -1 ? parts.length : end;
}

/** A route whose pattern matches, whatever its method. */
export interface Match<T> {
  readonly route: T;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Indexes `routes` by number of segments and first segment, so that a request is compared with a few routes only.
 * @returns a function that returns all matching routes for the given segments, in their order.
 */
export function routeTable<T>(
  routes: readonly T[],
  pattern: (route: T) => string,
): (segments: readonly PathSegment[]) => readonly Match<T>[] {
  const first = (route: T): PatternPart | undefined => partsOf(pattern(route))[0];
  const ofLength = (length: number): readonly T[] =>
    routes.filter((route) => partsOf(pattern(route)).length === length);
  const groups = new Map<string, readonly T[]>();
  const groupOf = (segments: readonly PathSegment[]): readonly T[] => {
    const name = `${segments.length} ${segments[0]?.name ?? ''}`;
    return groups.get(name) ?? groups.get(String(segments.length)) ?? [];
  };
  for (const length of new Set(routes.map((route) => partsOf(pattern(route)).length))) {
    const same = ofLength(length);
    const open = same.filter((route) => first(route)?.parameter !== undefined);
    groups.set(String(length), open);
    for (const word of new Set(same.map((route) => first(route)?.word ?? '')))
      groups.set(
        `${length} ${word}`,
        same.filter((route) => open.includes(route) || (first(route)?.word ?? '') === word),
      );
  }
  return (segments) => {
    const matches: Match<T>[] = [];
    for (const route of groupOf(segments)) {
      const params = matchSegments(pattern(route), segments);
      if (params !== undefined) matches.push({ route, params });
    }
    return matches;
  };
}

/** The decoded segments of a URL path, or undefined if an escape sequence is invalid. */
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
