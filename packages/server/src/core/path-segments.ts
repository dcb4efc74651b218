/**
 * Cuts a URL path into segments before anything is decoded, for an encoded character in a name must not cut.
 * Knows the grammar of Graph: `root:/a/b:` (a path that runs to the next colon at a segment's end, or to the end),
 * `items('id')` (a key in parentheses), `search(q='it''s')` and `delta(token=@t)` (functions and aliases), and the
 * namespaces that older clients put before functions. Words of the API are the same in any case: PnPjs asks for
 * `shares/{id}/driveitem`.
 */
import { invalidRequest } from './service-error.ts';

export interface PathSegment {
  /** A word of the API, in lower case. */
  readonly name: string;
  /** The whole segment as it was written, decoded: an id, or what a child would be called. */
  readonly text: string;
  /** Decoded names of the path that this segment opens with a colon. */
  readonly path?: readonly string[] | undefined;
  /** Arguments of a function; an argument without a name is `''`. Undefined when there are no parentheses. */
  readonly args?: Readonly<Record<string, string>> | undefined;
}

/** Collections whose `(key)` is the same as `/key`. */
const keyed = new Set([
  'drives',
  'items',
  'users',
  'groups',
  'sites',
  'shares',
  'children',
  'special',
  'permissions',
  'versions',
  'thumbnails',
  'lists',
]);
const namespaces = /^(?:microsoft\.graph|oneDrive|action|view)\./;

/** The segments of a percent-encoded path. */
export function readSegments(path: string, aliases: (name: string) => string | null): readonly PathSegment[] {
  const pieces = withPlainColons(path).split('/');
  const raw = path.includes("='") ? withQuotesWhole(pieces) : pieces;
  const segments: PathSegment[] = [];
  for (let at = 0; at < raw.length; at++) {
    const piece = raw[at] ?? '';
    if (piece === '') continue;
    if (!piece.endsWith(':')) {
      segments.push(...readSegment(piece, aliases));
      continue;
    }
    const end = closing(raw, at + 1);
    const names =
      raw.slice(at + 1, end).join('/') + (end < raw.length ? `/${(raw[end] ?? '').slice(0, -1)}` : '');
    segments.push(...opened(readSegment(piece.slice(0, -1), aliases), decodePath(names)));
    at = end;
  }
  return segments;
}

/**
 * Generated clients take `root:/a/b.txt:` or `host:/sites/x` for an id and encode it whole, and some encode the slashes
 * of `root:/a/b` alone. No name has a colon, so one that is encoded opens or closes a path too:
 * https://github.com/microsoftgraph/msgraph-sdk-java/issues/2213, https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/3772,
 * jstaf/onedriver, fs/graph/graph.go, ResourcePath
 */
function withPlainColons(path: string): string {
  if (!/%3a|:%2f/i.test(path)) return path;
  return path
    .split('/')
    .map((piece) =>
      /^[\w.$]+\(/.test(piece)
        ? piece
        : piece.replaceAll(/%3a(?=%2f|$)/gi, ':').replaceAll(/(?<=:.*)%2f/gi, '/'),
    )
    .join('/');
}

/** A slash within the quotes of an argument does not cut: `getByPath(path='/sites/team')`. */
function withQuotesWhole(pieces: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (last !== undefined && /^[\w.$]+\(\w+='[^']*$/.test(last))
      whole[whole.length - 1] = `${last}/${piece}`;
    else whole.push(piece);
  }
  return whole;
}

/** Index of the segment whose last character closes the path; the number of segments where none does. */
function closing(raw: readonly string[], from: number): number {
  const found = raw.findIndex((piece, index) => index >= from && piece.endsWith(':'));
  return found === -1 ? raw.length : found;
}

function opened(segments: readonly PathSegment[], path: readonly string[]): readonly PathSegment[] {
  const last = segments.at(-1);
  if (last === undefined) return [{ name: '', text: '', path }];
  return [...segments.slice(0, -1), { name: last.name, text: last.text, args: last.args, path }];
}

/** The names in an encoded path. An escaped slash separates too, and dots are steps: some clients send `.%2Fdir%2Ffile`. */
export function decodePath(path: string): readonly string[] {
  const names = decode(path).split('/');
  if (names.includes('..')) throw invalidRequest('The path contains "..".', 'invalidPath');
  return names.filter((name) => name !== '' && name !== '.');
}

function readSegment(piece: string, aliases: (name: string) => string | null): readonly PathSegment[] {
  const text = decode(piece);
  const plain = text.includes('.') ? text.replace(namespaces, '') : text;
  if (!plain.endsWith(')')) return [{ name: plain.toLowerCase(), text }];
  const call = /^([\w.$]+)\((.*)\)$/s.exec(plain);
  if (call === null) return [{ name: plain.toLowerCase(), text }];
  const name = (call[1] ?? '').toLowerCase();
  const args = readArguments(call[2] ?? '', aliases);
  return keyed.has(name) && args[''] !== undefined
    ? [
        { name, text: name },
        { name: args[''].toLowerCase(), text: args[''] },
      ]
    : [{ name, text, args }];
}

/** `q='it''s'`, `token=@t`, `'key'`, `42`: names and values, quotes undone. */
function readArguments(text: string, aliases: (name: string) => string | null): Record<string, string> {
  const values: Record<string, string> = {};
  for (const match of text.matchAll(/\s*(?:([\w.]+)\s*=\s*)?('(?:[^']|'')*'|[^,]+)\s*(?:,|$)/g)) {
    const value = (match[2] ?? '').trim();
    const plain = unquote(value);
    // An alias may stand in quotes, as if it were the value: clients in use write it so.
    const alias = plain.startsWith('@') ? aliases(plain) : null;
    values[match[1] ?? ''] = alias === null ? plain : unquote(alias);
  }
  return values;
}

/** Takes the quotes off an OData string and undoubles those within; anything else stays. */
function unquote(value: string): string {
  return /^'.*'$/s.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
}

function decode(piece: string): string {
  if (!piece.includes('%')) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    throw invalidRequest(
      `The URL contains an escape that is no UTF-8: ${piece.slice(0, 80)}`,
      'invalidParameterFormat',
    );
  }
}
