/**
 * Lines of hashes as `sha1sum` and its relatives write and read them. Pure.
 * Source: https://www.gnu.org/software/coreutils/manual/html_node/cksum-common-options.html
 */

/** A file and its hash, in hexadecimal or, for QuickXorHash, base64. */
export interface HashLine {
  readonly hash: string;
  readonly path: string;
}

/** A backslash, a newline and a return in a name are escaped, and the line is marked by a backslash. */
export function formatHashLine({ hash, path }: HashLine): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${hash}  ${escaped}\n`;
}

const plain = /^(\\?)([0-9a-f]{8}|[0-9a-f]{40}|[0-9a-f]{64}|[A-Za-z0-9+/]{27}=) [ *](.+)$/is;
const tagged = /^(\\?)[A-Za-z0-9-]+ \((.+)\) = ([0-9a-f]+|[A-Za-z0-9+/]{27}=)$/is;

/** Reads one line, also of the form `SHA1 (path) = hash`; undefined for one that is none. */
export function parseHashLine(line: string): HashLine | undefined {
  const [, plainMark, plainHash, plainPath] = plain.exec(line) ?? [];
  const [, tagMark, tagPath, tagHash] = tagged.exec(line) ?? [];
  const hash = plainHash ?? tagHash;
  const path = plainPath ?? tagPath;
  if (hash === undefined || path === undefined) return undefined;
  const isEscaped = (plainMark ?? tagMark) === '\\';
  return {
    hash,
    path: isEscaped ? path.replace(/\\([\\nr])/g, (_, char: string) => meant[char] ?? '') : path,
  };
}

const meant: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };

/** Kinds of hashes that a drive may tell. */
export type HashKind = 'quickxor' | 'sha1' | 'sha256' | 'crc32';

/** The kind that a hash looks like. QuickXorHash in hexadecimal looks like SHA-1, which is taken then. */
export function kindOfHash(hash: string): HashKind {
  if (hash.endsWith('=')) return 'quickxor';
  return hash.length === 8 ? 'crc32' : hash.length === 64 ? 'sha256' : 'sha1';
}

/** Base64 as hexadecimal. */
export function hexOfBase64(text: string): string {
  return Array.from(atob(text), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Do two writings of a hash mean the same? */
export function sameHash(a: string, b: string): boolean {
  const normal = (text: string) => (text.endsWith('=') ? hexOfBase64(text) : text.toLowerCase());
  return normal(a) === normal(b);
}
