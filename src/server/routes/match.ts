/** Matches segments with the patterns of routes: `versions/{version}/content`, `/{tenant}/oauth2/v2.0/token`. */
import type { PathSegment } from '../domain/path-segments.ts';

/** The parameters of a match, or undefined. */
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
  /** The name of a part that stands for any segment. */
  readonly parameter: string | undefined;
}

/** Patterns are few and asked for with every request: each is cut once. */
const cut = new Map<string, readonly PatternPart[]>();

function partsOf(pattern: string): readonly PatternPart[] {
  const known = cut.get(pattern);
  if (known !== undefined) return known;
  const parts = pattern
    .split('/')
    .filter((text) => text !== '')
    .map((text) => ({
      text,
      word: text.toLowerCase(),
      parameter: text.startsWith('{') ? text.slice(1, -1) : undefined,
    }));
  cut.set(pattern, parts);
  return parts;
}

/** The same for segments of the drive API, whose words are the same in any case; arguments are parameters too. */
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

/** The first of `segments` that no pattern goes on with; the last one where all of them begin a pattern. */
export function firstUnknown(patterns: Iterable<string>, segments: readonly PathSegment[]): string {
  let known = 0;
  for (const pattern of patterns) known = Math.max(known, commonLength(partsOf(pattern), segments));
  return segments[Math.min(known, segments.length - 1)]?.text ?? '';
}

function commonLength(parts: readonly PatternPart[], segments: readonly PathSegment[]): number {
  const end = parts.findIndex(
    ({ word, parameter }, at) =>
      segments[at] === undefined || (parameter === undefined && word !== segments[at].name),
  );
  return end === -1 ? parts.length : end;
}

/** Routes by how many segments their patterns have: a request is compared with those of its own length. */
export function byLength<T>(
  routes: readonly T[],
  pattern: (route: T) => string,
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const route of routes) {
    const { length } = partsOf(pattern(route));
    groups.set(length, [...(groups.get(length) ?? []), route]);
  }
  return groups;
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
