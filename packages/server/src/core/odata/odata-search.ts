/**
 * `$search` on people and groups: `"displayName:al" OR "mail:bea"`. It matches the beginnings of words in a property.
 * https://learn.microsoft.com/graph/search-query-parameter#using-search-on-directory-object-collections
 */
import { invalidRequest } from '../service-error.ts';

type Json = Readonly<Record<string, unknown>>;

/** Parses a search; without one, everything matches. @throws ServiceError 400 for an invalid search. */
export function readSearch(text: string | null): (value: Json) => boolean {
  if (text === null) return () => true;
  const clauses = [...text.matchAll(/"(\w+):([^"]*)"/g)].map(([, name = '', part = '']) =>
    clause(name, part.toLowerCase()),
  );
  if (clauses.length === 0)
    throw invalidRequest(`The $search query option cannot be read: ${text}`, 'invalidQueryOption');
  return /"\s+AND\s+"/.test(text)
    ? (value) => clauses.every((holds) => holds(value))
    : (value) => clauses.some((holds) => holds(value));
}

const clause =
  (name: string, part: string) =>
  (value: Json): boolean => {
    const text = value[name];
    const words = typeof text === 'string' ? text.toLowerCase().split(/[^\p{L}\p{N}]+/u) : [];
    return words.some((word) => word.startsWith(part));
  };
