/**
 * Query options of the drive API. The `$` is optional, names are case-sensitive except for the two spellings of skipToken in
 * Microsoft's documents, and options can be nested: `$expand=children($select=id,name;$top=5)`.
 * Sources: https://learn.microsoft.com/graph/query-parameters,
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/optional-query-parameters
 */

import { maxNesting } from '../bounded-json.ts';
import { invalidRequest } from '../service-error.ts';

export interface Expansion {
  readonly name: string;
  readonly options: QueryOptions;
}

export interface Ordering {
  readonly property: string;
  readonly descending: boolean;
}

export interface QueryOptions {
  /** Undefined: all properties. */
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expansion[];
  /** Only the first key is used; entries with equal keys are sorted by age. */
  readonly orderBy: Ordering | undefined;
  readonly top: number | undefined;
  readonly skipToken: string | undefined;
  readonly count: boolean;
  /** As sent; few routes support it. */
  readonly filter: string | undefined;
}

const noOptions: QueryOptions = {
  select: undefined,
  expand: [],
  orderBy: undefined,
  top: undefined,
  skipToken: undefined,
  count: false,
  filter: undefined,
};

/** Parses the query options of a request. @throws ServiceError 400 for an invalid value. */
export function readQueryOptions(query: URLSearchParams): QueryOptions {
  return query.size === 0
    ? noOptions
    : options((name) => query.get(`$${name}`) ?? query.get(name) ?? undefined);
}

function options(option: (name: string) => string | undefined): QueryOptions {
  if (option('skip') !== undefined) throw noSkip();
  return {
    select: splitList(option('select'))?.map((name) => name.trim()),
    expand: (splitList(option('expand')) ?? []).map(expansion),
    orderBy: ordering(option('orderby')),
    top: positive(option('top')),
    skipToken: option('skiptoken') ?? option('skipToken'),
    count: option('count') === 'true',
    filter: option('filter'),
  };
}

/** 400: pages can only be reached by their links. Message text: github.com/SomeBottle/OdIndex/issues/11 and others. */
const noSkip = () =>
  invalidRequest(
    '$skip is not supported on this API. Only URLs returned by the API can be used to page.',
    'invalidQueryOption',
  );

/** 400: the error of routes that do not support filters. */
export const noFilter = () =>
  invalidRequest('The $filter query option is not supported here.', 'invalidQueryOption');

function expansion(text: string): Expansion {
  const match = /^\s*([\w.]+)\s*(?:\((.*)\))?\s*$/s.exec(text);
  if (match === null)
    throw invalidRequest(`The $expand query option cannot be read: ${text}`, 'invalidQueryOption');
  const inner = new Map<string, string>();
  for (const part of splitOutside(match[2] ?? '', ';')) {
    const at = part.indexOf('=');
    if (at > 0) inner.set(part.slice(0, at).trim().replace(/^\$/, ''), part.slice(at + 1));
  }
  if (inner.has('filter')) throw noFilter();
  return { name: match[1] ?? '', options: options((name) => inner.get(name)) };
}

function ordering(text: string | undefined): Ordering | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const [first] = text.split(',').map((part) => {
    const match = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(part);
    if (match === null)
      throw invalidRequest(`The $orderby query option cannot be read: ${text}`, 'invalidQueryOption');
    return { property: match[1] ?? '', descending: match[2]?.toLowerCase() === 'desc' };
  });
  return first;
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (value < 1)
    throw invalidRequest(`The $top query option must be a positive number: ${text}`, 'invalidQueryOption');
  return value;
}

function splitList(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return splitOutside(text, ',').filter((part) => part.trim() !== '');
}

function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** Splits at a separator outside of parentheses. */
function splitOutside(text: string, separator: string): readonly string[] {
  if (nesting(text) > maxNesting)
    throw invalidRequest(`A query option is nested more than ${maxNesting} levels.`, 'invalidQueryOption');
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}
