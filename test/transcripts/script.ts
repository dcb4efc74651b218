/**
 * The language of the transcripts: what a person types and what comes back, as text.
 *
 * ```
 * # a comment
 * @kind business            a directive, before the first command
 * $ onedrive-cli ls         a command; `< FILE` feeds stdin, `> FILE` takes stdout
 * - Documents               what stdout says
 * ! a note                  what stderr says
 * ? 4                       the exit status, where it is not 0
 * ```
 *
 * `…` in an expected line stands for any text within the line; a line of only `…` for any number of lines.
 */

export interface Step {
  readonly line: number;
  readonly command: string;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly status: number;
}

export interface Script {
  readonly title: string;
  readonly directives: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface OpenStep {
  line: number;
  command: string;
  stdout: string[];
  stderr: string[];
  status: number;
}

/** Reads a transcript; the first comment is its title. */
export function parseScript(text: string): Script {
  const directives: Record<string, string> = {};
  const steps: OpenStep[] = [];
  let title = 'untitled';
  for (const [at, line] of text.split('\n').entries()) {
    const step = steps.at(-1);
    if (line.startsWith('# ') && step === undefined && title === 'untitled') title = line.slice(2);
    else if (line.startsWith('#') || line === '') continue;
    else if (line.startsWith('@'))
      directives[line.slice(1).split(' ')[0] ?? ''] = line.split(' ').slice(1).join(' ');
    else if (line.startsWith('$ '))
      steps.push({ line: at + 1, command: line.slice(2), stdout: [], stderr: [], status: 0 });
    else if (step === undefined) throw new Error(`line ${at + 1}: nothing was typed yet`);
    else if (/^\? \d+$/.test(line)) step.status = Number(line.slice(2));
    else if (line.startsWith('! ')) step.stderr.push(line.slice(2));
    else step.stdout.push(line.startsWith('\\') ? line.slice(1) : line);
  }
  return { title, directives, steps };
}

/** Words as a POSIX shell would split them: single and double quotes, backslash outside single quotes. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  const token = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/gy;
  for (const [, word = ''] of line.matchAll(token)) {
    words.push(
      word.replace(
        /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
        (_, single?: string, double?: string, escaped?: string) =>
          single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
      ),
    );
  }
  return words;
}

/** Does what was printed match what the transcript says? */
export function matches(expected: readonly string[], actual: string): boolean {
  const lines = actual === '' ? [] : actual.replace(/\n$/, '').split('\n');
  return matchLines(expected, lines);
}

function matchLines(expected: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first === '…')
    return actual.some((_, at) => matchLines(rest, actual.slice(at))) || matchLines(rest, []);
  const [line, ...others] = actual;
  return line !== undefined && lineMatches(first, line) && matchLines(rest, others);
}

function lineMatches(expected: string, actual: string): boolean {
  const pattern = expected
    .split('…')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 'u').test(actual);
}
