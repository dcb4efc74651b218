/** Validates the query of Live v5.0. Sources: MSDN hh826545, "Core concepts"; dn659726, "Upload and download files". */
import type { ChildOrder } from '../storage/storage.ts';
import { refusals } from './live-refusal.ts';
import { filterWords, type LiveType } from './live-type.ts';

export interface ListQuery {
  readonly offset: number;
  /** Undefined: all. */
  readonly limit: number | undefined;
  /** Undefined: all types. */
  readonly types: ReadonlySet<LiveType> | undefined;
  readonly order: ChildOrder;
  readonly descending: boolean;
}

const orders: Readonly<Record<string, ChildOrder>> = {
  updated: 'modified',
  name: 'name',
  size: 'size',
  default: 'wire',
};

/** Parses the options of a list. @throws LiveRefusal 400 for an invalid value. */
export function readListQuery(query: URLSearchParams, ownOrder = 'default'): ListQuery {
  const sortBy = (query.get('sort_by') || ownOrder).toLowerCase();
  const order = orders[sortBy];
  if (order === undefined)
    throw refusals.parameterInvalid('sort_by', 'it must be updated, name, size or default');
  const sortOrder = (query.get('sort_order') || 'ascending').toLowerCase();
  if (sortOrder !== 'ascending' && sortOrder !== 'descending')
    throw refusals.parameterInvalid('sort_order', 'it must be ascending or descending');
  return {
    offset: readCount(query, 'offset') ?? 0,
    limit: readCount(query, 'limit'),
    types: readFilter(query.get('filter')),
    order,
    descending: sortOrder === 'descending',
  };
}

function readCount(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw refusals.parameterInvalid(name, 'it must be a number that is not negative');
  return Number(text);
}

function readFilter(text: string | null): ReadonlySet<LiveType> | undefined {
  if (text === null || text === '') return undefined;
  const types = new Set<LiveType>();
  for (const word of text.toLowerCase().split(',')) {
    const stands = filterWords[word.trim()];
    if (stands === undefined)
      throw refusals.parameterInvalid(
        'filter',
        `it must be a list of ${Object.keys(filterWords).join(', ')}`,
      );
    for (const type of stands) types.add(type);
  }
  return types;
}

/** `true` and `false` in any case; undefined if the parameter is missing. @throws LiveRefusal 400 for other values. */
export function readFlag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined || text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw refusals.parameterInvalid(name, 'it must be true or false');
}

/**
 * What an upload does if the name is taken. `duplicate` keeps both files under the same name: the effect of
 * `overwrite=false` in the query for users of python-onedrive. `refuse` is the documented effect of an `Overwrite: false`
 * header.
 */
export type OverwriteRule = 'replace' | 'rename' | 'duplicate' | 'refuse';

/**
 * The overwrite rule of a request; undefined if it specifies none.
 * @throws LiveRefusal 400 for an invalid value.
 */
export function readOverwrite(query: URLSearchParams, header: string | undefined): OverwriteRule | undefined {
  const overwrite = query.get('overwrite');
  const inQuery = overwrite !== null && overwrite !== '';
  const value = (inQuery ? overwrite : header)?.trim().toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'true' || value === 't') return 'replace';
  if (value === 'choosenewname' || value === 'rename') return 'rename';
  if (value === 'false' || value === 'f') return inQuery ? 'duplicate' : 'refuse';
  throw refusals.parameterInvalid('overwrite', 'it must be true, false or ChooseNewName');
}
