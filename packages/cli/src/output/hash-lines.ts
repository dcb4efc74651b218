/**
 * Formats and parses the hash lists of `sha1sum` and similar tools. Pure.
 * Source: https://www.gnu.org/software/coreutils/manual/html_node/cksum-common-options.html
 */

/** A file and its hash, in hexadecimal or, for QuickXorHash, base64. */
export interface HashLine {
  readonly hash: string;
  readonly path: string;
}

/** The line of a file. A line with an escaped backslash, newline or return in its name starts with a backslash. */
export function formatHashLine({ hash, path }: HashLine): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${hash}  ${escaped}\n`;
}

const plain = /^(\\?)([0-9a-f]{8}|[0-9a-f]{40}|[0-9a-f]{64}|[A-Za-z0-9+/]{27}=) [ *](.+)$/is;
const tagged = /^(\\?)[A-Za-z0-9-]+ \((.+)\) = ([0-9a-f]+|[A-Za-z0-9+/]{27}=)$/is;

/** Parses a line, also in the format `SHA1 (path) = hash`; undefined if it is neither. */
export function parseHashLine(line: string): HashLine | undefined {
  const [, plainMark, plainHash, plainPath] = plain.exec(line) ?? [];
  const [, tagMark, tagPath, tagHash] = tagged.exec(line) ?? [];
  const hash = plainHash ?? tagHash;
  const path = plainPath ?? tagPath;
  if (hash === undefined || path === undefined) return undefined;
  const isEscaped = (plainMark ?? tagMark) === '\\';
  return {
    hash,
    path: isEscaped ? path.replace(/\\([\\nr])/g, (_, char: string) => unescaped[char] ?? '') : path,
  };
}

const unescaped: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };

/** Types of hashes that a drive can report. */
export type HashKind = 'quickxor' | 'sha1' | 'sha256' | 'crc32';

/** The type of a hash, by its format. QuickXorHash in hexadecimal has the format of SHA-1 and is taken for that. */
export function kindOfHash(hash: string): HashKind {
  if (hash.endsWith('=')) return 'quickxor';
  return hash.length === 8 ? 'crc32' : hash.length === 64 ? 'sha256' : 'sha1';
}

/** Converts base64 to hexadecimal. */
export function hexOfBase64(text: string): string {
  return Array.from(atob(text), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Whether two hashes are equal, in base64 or hexadecimal. */
export function sameHash(a: string, b: string): boolean {
  const normal = (text: string) => (text.endsWith('=') ? hexOfBase64(text) : text.toLowerCase());
  return normal(a) === normal(b);
}
