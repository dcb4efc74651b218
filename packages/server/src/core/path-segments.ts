/**
 * Splits a URL path into segments before decoding, so that an encoded character in a name never splits a segment. It parses
 * Graph's syntax: `root:/a/b:` (a path up to the next colon at the end of a segment, or to the end), `items('id')` (a key in
 * parentheses), `search(q='it''s')` and `delta(token=@t)` (functions and aliases), and the namespaces that older clients put
 * before functions. Words of the API are case-insensitive: PnPjs requests `shares/{id}/driveitem`.
 */
import { invalidRequest } from './service-error.ts';

export interface PathSegment {
  /** A word of the API, in lower case. */
  readonly name: string;
  /** The decoded segment in its original spelling: an id, or the name of a child. */
  readonly text: string;
  /** The decoded names of the path that starts after this segment's colon. */
  readonly path?: readonly string[] | undefined;
  /** Arguments of a function; the key of an unnamed argument is `''`. Undefined without parentheses. */
  readonly args?: Readonly<Record<string, string>> | undefined;
}

/** Collections for which `(key)` is equivalent to `/key`. */
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
 * Generated clients treat `root:/a/b.txt:` or `host:/sites/x` as an id and encode it as a whole, and some encode only the
 * slashes of `root:/a/b`. Names cannot contain a colon, so an encoded colon starts or ends a path too:
 * https://github.com/microsoftgraph/msgraph-sdk-java/issues/2213,
 * https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/3772, jstaf/onedriver, fs/graph/graph.go, ResourcePath
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

/** A slash within a quoted argument does not split: `getByPath(path='/sites/team')`. */
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

/** Index of the segment whose last character closes the path; the number of segments if none does. */
function closing(raw: readonly string[], from: number): number {
  const colonAt = raw.findIndex((piece, index) => index >= from && piece.endsWith(':'));
  return colonAt === -1 ? raw.length : colonAt;
}

function opened(segments: readonly PathSegment[], path: readonly string[]): readonly PathSegment[] {
  const last = segments.at(-1);
  if (last === undefined) return [{ name: '', text: '', path }];
  return [...segments.slice(0, -1), { name: last.name, text: last.text, args: last.args, path }];
}

/**
 * The names in an encoded path. An escaped slash separates names too, and `.` segments are removed: some clients send
 * `.%2Fdir%2Ffile`.
 */
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

/** `q='it''s'`, `token=@t`, `'key'`, `42`: names and values, without quotes. */
function readArguments(text: string, aliases: (name: string) => string | null): Record<string, string> {
  const values: Record<string, string> = {};
  for (const match of text.matchAll(/\s*(?:([\w.]+)\s*=\s*)?('(?:[^']|'')*'|[^,]+)\s*(?:,|$)/g)) {
    const value = (match[2] ?? '').trim();
    const plain = unquote(value);
    // Some clients put an alias in quotes, as if it were the value.
    const alias = plain.startsWith('@') ? aliases(plain) : null;
    values[match[1] ?? ''] = alias === null ? plain : unquote(alias);
  }
  return values;
}

/** Removes the quotes of an OData string and unescapes doubled quotes; other text is returned unchanged. */
function unquote(value: string): string {
  return /^'.*'$/s.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
}

function decode(piece: string): string {
  if (!piece.includes('%')) return piece;
  try {
    return decodeURIComponent(piece);
  } catch {
    throw invalidRequest(
      `The URL contains an escape sequence that is not UTF-8: ${piece.slice(0, 80)}`,
      'invalidParameterFormat',
    );
  }
}
