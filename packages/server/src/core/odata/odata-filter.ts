/**
 * `$filter`: comparisons joined by and, or, not and parentheses, evaluated on the JSON of a response.
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/filtering-results,
 * https://learn.microsoft.com/graph/filter-query-parameter
 */

import { maxNesting } from '../bounded-json.ts';
import { invalidRequest } from '../service-error.ts';

type Json = Readonly<Record<string, unknown>>;
/** Returns whether an object matches the filter. */
export type Filter = (value: Json) => boolean;

const operators = {
  eq: (order: number | undefined) => order === 0,
  ne: (order: number | undefined) => order !== 0,
  gt: (order: number | undefined) => order !== undefined && order > 0,
  ge: (order: number | undefined) => order !== undefined && order >= 0,
  lt: (order: number | undefined) => order !== undefined && order < 0,
  le: (order: number | undefined) => order !== undefined && order <= 0,
} as const;

const functions = {
  startswith: (text: string, part: string) => text.startsWith(part),
  endswith: (text: string, part: string) => text.endsWith(part),
  contains: (text: string, part: string) => text.includes(part),
} as const;

/** Parses a filter; without one, every object matches. @throws ServiceError 400 for an invalid filter. */
export function readFilter(text: string | undefined): Filter {
  if (text === undefined) return () => true;
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  const reader = { tokens, at: 0, text, depth: 0 };
  const filter = anyOf(reader);
  if (reader.at < tokens.length) throw unreadable(text);
  return filter;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly text: string;
  /** The current nesting of parentheses, `not` and list operators. */
  depth: number;
}

const unreadable = (text: string) =>
  invalidRequest(`The $filter query option cannot be read: ${text.slice(0, 1000)}`, 'invalidQueryOption');

const tooDeep = () =>
  invalidRequest(`The $filter query option is nested more than ${maxNesting} levels.`, 'invalidQueryOption');

function take(reader: Reader): string {
  const token = reader.tokens[reader.at++];
  if (token === undefined) throw unreadable(reader.text);
  return token;
}

function skips(reader: Reader, word: string): boolean {
  if (reader.tokens[reader.at]?.toLowerCase() !== word) return false;
  reader.at += 1;
  return true;
}

function anyOf(reader: Reader): Filter {
  const parts = [allOf(reader)];
  while (skips(reader, 'or')) parts.push(allOf(reader));
  return (value) => parts.some((part) => part(value));
}

function allOf(reader: Reader): Filter {
  const parts = [one(reader)];
  while (skips(reader, 'and')) parts.push(one(reader));
  return (value) => parts.every((part) => part(value));
}

/** Checks the nesting. @throws ServiceError 400 for a filter that is nested more than {@link maxNesting} levels. */
function one(reader: Reader): Filter {
  reader.depth += 1;
  if (reader.depth > maxNesting) throw tooDeep();
  const filter = term(reader);
  reader.depth -= 1;
  return filter;
}

function term(reader: Reader): Filter {
  if (skips(reader, 'not')) {
    const inner = one(reader);
    return (value) => !inner(value);
  }
  if (skips(reader, '(')) {
    const inner = anyOf(reader);
    if (!skips(reader, ')')) throw unreadable(reader.text);
    return inner;
  }
  const head = take(reader);
  if (/\/(any|all)$/.test(head)) return ofList(reader, head);
  return head.toLowerCase() in functions ? called(reader, head) : compared(reader, head);
}

/** `groupTypes/any(c:c eq 'Unified')`: the name before the colon stands for each member of the list. */
function ofList(reader: Reader, head: string): Filter {
  const at = head.lastIndexOf('/');
  if (!skips(reader, '(')) throw unreadable(reader.text);
  const opening = /^(\w+):(.*)$/.exec(take(reader));
  if (opening === null) throw unreadable(reader.text);
  const [, name = '', rest = ''] = opening;
  const tokens = rest === '' ? [] : [rest];
  const inner = {
    tokens: [...tokens, ...reader.tokens.slice(reader.at)],
    at: 0,
    text: reader.text,
    depth: reader.depth,
  };
  const holds = anyOf(inner);
  reader.at += inner.at - tokens.length;
  if (!skips(reader, ')')) throw unreadable(reader.text);
  const quantifier = head.endsWith('any') ? 'some' : 'every';
  return (value) => {
    const list = valueAt(value, head.slice(0, at));
    return Array.isArray(list) && list[quantifier]((member: unknown) => holds({ [name]: member }));
  };
}

function called(reader: Reader, name: string): Filter {
  const test = functions[name.toLowerCase() as keyof typeof functions];
  if (!skips(reader, '(')) throw unreadable(reader.text);
  const path = take(reader);
  if (!skips(reader, ',')) throw unreadable(reader.text);
  const part = literal(reader, take(reader));
  if (!skips(reader, ')') || typeof part !== 'string') throw unreadable(reader.text);
  return (value) => {
    const found = valueAt(value, path);
    return typeof found === 'string' && test(found.toLowerCase(), part.toLowerCase());
  };
}

function compared(reader: Reader, path: string): Filter {
  const operator = take(reader).toLowerCase();
  if (!/^[\w@./]+$/.test(path)) throw unreadable(reader.text);
  if (operator === 'in') return among(path, literals(reader));
  if (!(operator in operators)) throw unreadable(reader.text);
  const expected = literal(reader, take(reader));
  const holds = operators[operator as keyof typeof operators];
  return (value) => holds(compare(valueAt(value, path) ?? null, expected));
}

/** `id in ('a', 'b')`: equals one of the values. */
function among(path: string, expected: readonly Literal[]): Filter {
  return (value) => expected.some((one) => compare(valueAt(value, path) ?? null, one) === 0);
}

function literals(reader: Reader): readonly Literal[] {
  if (!skips(reader, '(')) throw unreadable(reader.text);
  const found = [literal(reader, take(reader))];
  while (skips(reader, ',')) found.push(literal(reader, take(reader)));
  if (!skips(reader, ')')) throw unreadable(reader.text);
  return found;
}

type Literal = string | number | boolean | null;

function literal({ text }: Reader, token: string): Literal {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'null') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^\d{4}-\d\d-\d\d/.test(token)) return token;
  throw unreadable(text);
}

function valueAt(value: Json, path: string): unknown {
  return path
    .split(/[./]/)
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Json)[name] : undefined),
      value,
    );
}

/** Negative, zero or positive; undefined if the values cannot be compared. Facets can only be compared with null. */
function compare(left: unknown, right: Literal): number | undefined {
  if (left === null || right === null) return left === right ? 0 : undefined;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [one, other] = [Date.parse(left), Date.parse(right)];
  if (isTime(left) && isTime(right)) return one - other;
  const [small, large] = [left.toLowerCase(), right.toLowerCase()];
  return small < large ? -1 : small > large ? 1 : 0;
}

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text);
