/**
 * A YAML text with the positions of its nodes. Everything is parsed with YAML's failsafe schema, in which
 * every scalar is text as it was written: an unquoted client id of digits keeps its leading zeros, and `1e5`,
 * `0x1F`, `null` or `no` stay as typed. The readers convert text to numbers where a number is expected.
 *
 * The YAML library's own messages quote the text around an error, which may be a token here; therefore this
 * module has its own messages.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { OneDriveError } from '../errors/index.ts';

export interface YamlSource {
  /** Path of the file, for messages. */
  readonly path: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const expectations: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'spaces were expected: YAML allows no tabs for indentation',
  DUPLICATE_KEY: 'a key was expected once, but is there twice',
  BAD_INDENT: 'all keys of one section were expected to start in the same column',
  MULTILINE_IMPLICIT_KEY: 'a `key: value` on one line was expected (is a colon missing, or a quote open?)',
  BLOCK_AS_IMPLICIT_KEY: 'one `key: value` a line was expected (a value with a colon in it needs quotes)',
  MISSING_CHAR: 'a closing quote, a bracket, a comma, or a space after a colon was expected',
  BAD_SCALAR_START: 'a value that starts with a letter or a digit was expected: put others in quotes',
  BAD_DQ_ESCAPE:
    "a known escape was expected after the backslash: use single quotes ('…') for plain backslashes",
  MULTIPLE_DOCS: 'one document was expected, but a `---` line starts a second',
  UNEXPECTED_TOKEN: 'a `key: value` was expected',
};

/**
 * Parses `text`.
 * @throws OneDriveError `config` with file, line, column and what was expected.
 */
export function parseYaml(path: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const source: YamlSource = { path, text, document, lines };
  const error = firstCause(document.errors);
  if (error) throw faultAt(source, error.pos[0], expectation(error));
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0) throw faultAt(source, broken, 'UTF-8 text was expected');
  return source;
}

/** A tab is often reported twice, also as a wrong indent: the tab is the one to report. */
function firstCause(
  errors: YamlSource['document']['errors'],
): YamlSource['document']['errors'][number] | undefined {
  return errors.find(({ code }) => code === 'TAB_AS_INDENT') ?? errors[0];
}

function expectation({ code, message }: YamlSource['document']['errors'][number]): string {
  // A bracket that is not closed ends where the next line is not indented enough.
  const open = code === 'BAD_INDENT' && message.startsWith('Flow');
  return expectations[open ? 'MISSING_CHAR' : code] ?? 'YAML was expected';
}

/** The format of every error in a configuration file: `file:line:column: what was expected`. */
export function faultAt(source: YamlSource, offset: number, expectation: string): OneDriveError {
  const { line, col } = source.lines.linePos(offset);
  return new OneDriveError(
    'config',
    `${source.path}:${String(line || 1)}:${String(col || 1)}: ${expectation}.`,
    {
      hint: 'Correct that line; the file is unchanged.',
    },
  );
}

/** Returns the target of an alias; any other node unchanged. */
export function resolved(source: YamlSource, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(source.document);
  return (node ?? undefined) as Node | undefined;
}

/** True for a missing value: no node, an empty value, an unquoted `~` or `null`. */
export function isNothing(node: Node | undefined): boolean {
  if (!node) return true;
  return (
    isScalar(node) &&
    (node.type ?? 'PLAIN') === 'PLAIN' &&
    ['', '~', 'null', 'Null', 'NULL'].includes(String(node.value))
  );
}

/** The value node under `key`, with aliases resolved. */
export function child(source: YamlSource, map: YAMLMap, key: string): Node | undefined {
  return resolved(source, map.get(key, true));
}

/** The map of `node`; undefined if there is no value. @throws OneDriveError `config` for anything else. */
export function asMap(source: YamlSource, node: Node | undefined, name: string): YAMLMap | undefined {
  if (isNothing(node)) return undefined;
  if (isMap(node)) return node;
  throw faultAt(
    source,
    node?.range?.[0] ?? 0,
    `${name} was expected to be a section (\`key: value\` lines, indented)`,
  );
}
