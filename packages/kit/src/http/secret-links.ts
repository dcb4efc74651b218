/**
 * Links that a service hands out and that need no token: whoever has one can use it, so it is a secret whatever it looks
 * like. A log knows them by where they came from.
 */
import type { HeaderMap } from './transport.ts';

/** Properties of Graph and of Live v5.0 whose value is such a link: of thumbnails it is `url`, of previews `getUrl`. */
const property = /(?:^|[.@])(?:(?:upload|download|notification|thumbnail|get|post)Url|url)$/i;
const headers = ['location', 'content-location', 'operation-location'];

/** Those in an answer. @param text its body, where that is JSON. */
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
