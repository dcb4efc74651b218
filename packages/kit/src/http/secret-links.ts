/**
 * Finds links in responses that work without a token. They are secrets whatever their format, so a log
 * redacts them by the property that they came from.
 */
import type { HeaderMap } from './transport.ts';

/**
 * Properties of Graph and of Live v5.0 whose value is such a link: for thumbnails it is `url`, for previews
 * `getUrl`.
 */
const property = /(?:^|[.@])(?:(?:upload|download|notification|thumbnail|get|post)Url|url)$/i;
const headers = ['location', 'content-location', 'operation-location'];

/** Returns the links in a response. @param text its body, if that is JSON. */
export function secretLinksIn(answered: HeaderMap, text: string | undefined): readonly string[] {
  const inHeaders = headers.map((name) => answered[name]).filter((link) => link !== undefined);
  return [...inHeaders, ...(text === undefined ? [] : linksOf(parsed(text)))];
}

function linksOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? (property.test(name) ? [one] : []) : linksOf(one),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
