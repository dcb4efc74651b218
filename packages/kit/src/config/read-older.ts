/**
 * Settings that only the older tool wrote: options of its HTTP library, and an expiry as a date. Such files
 * still work; settings without effect are reported once.
 */
import { isMap, isScalar, isSeq } from 'yaml';
import { expected, optionalText, type Section } from './read-nodes.ts';
import type { RequestSettings } from './types.ts';
import { child } from './yaml-source.ts';

type Open = (parent: Section, key: string) => Section;

/** `request.extra_keywords` and `request.adapter_settings`, options of Python's `requests`. */
export function readOlderRequest(
  at: Section,
  open: Open,
): Pick<RequestSettings, 'timeoutMs' | 'poolSize' | 'unknown'> {
  const keywords = mapAt(at, 'extra_keywords', open);
  const adapter = mapAt(at, 'adapter_settings', open);
  const timeoutMs = keywords && readTimeout(keywords);
  const poolSize = adapter && readPoolSize(adapter);
  const unknown = [
    ...namesBut(at, ['base_headers', 'extra_keywords', 'adapter_settings']),
    ...(keywords ? namesBut(keywords, ['timeout']) : []),
    ...(adapter ? namesBut(adapter, ['pool_maxsize', 'pool_connections']) : []),
  ];
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}

/** The section; undefined if it is absent or, as the older tool saved it, `null`. */
function mapAt(at: Section, key: string, open: Open): Section | undefined {
  const node = at.map && child(at.source, at.map, key);
  return isMap(node) ? open(at, key) : undefined;
}

function namesBut({ map, name }: Section, known: readonly string[]): string[] {
  const keys = map?.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) ?? [];
  return keys.filter((key) => !known.includes(key)).map((key) => `${name}.${key}`);
}

/** Seconds, or the pair (connect, read), of which the second is used. */
function readTimeout(keywords: Section): number | undefined {
  const wanted = 'a number of seconds above 0, or two of them';
  const node = keywords.map && child(keywords.source, keywords.map, 'timeout');
  const last = isSeq(node) ? node.items.at(-1) : node;
  if (!isScalar(last) || last.value === null) return undefined;
  const seconds = Number(last.value);
  if (!Number.isFinite(seconds) || seconds <= 0) throw expected(keywords, 'timeout', wanted);
  return seconds * 1000;
}

function readPoolSize(adapter: Section): number | undefined {
  const size = Number(optionalText(adapter, 'pool_maxsize') ?? Number.NaN);
  if (Number.isNaN(size)) return undefined;
  if (Number.isInteger(size) && size > 0) return size;
  throw expected(adapter, 'pool_maxsize', 'a whole number above 0');
}

/**
 * `auth.access_expires` in milliseconds since 1970: written as seconds, or as the UTC date that the older
 * tool saved.
 */
export function readExpiry(auth: Section): number | undefined {
  const text = optionalText(auth, 'access_expires');
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== '' && Number.isFinite(seconds)) return seconds * 1000;
  const date = /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?\s*$/.exec(text);
  const ms = date === null ? Number.NaN : Date.parse(`${date[1] ?? ''}T${date[2] ?? ''}${date[4] ?? 'Z'}`);
  if (!Number.isNaN(ms)) return ms;
  throw expected(auth, 'access_expires', 'a number: seconds since 1970');
}
