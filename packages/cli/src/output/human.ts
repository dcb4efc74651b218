/**
 * The default text format, the same as in python-onedrive: similar to YAML, but without its quoting rules. For programs
 * there is `--json`. Mappings are sorted by key and indented by four spaces, list entries start with `- `.
 */
import { printable } from './printable.ts';
import { isStyled, noTerminal, paint, type Terminal } from './styled.ts';

/** The text of `value`; '' for undefined and for empty lists and mappings. */
export function human(value: unknown, terminal: Terminal = noTerminal): string {
  return value === undefined
    ? ''
    : lines(value, terminal)
        .map((line) => `${line}\n`)
        .join('');
}

function lines(value: unknown, terminal: Terminal): string[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => listEntry(entry, terminal));
  if (isMapping(value)) return mapping(value, terminal);
  return [scalar(value, terminal)];
}

function listEntry(entry: unknown, terminal: Terminal): string[] {
  const [first = '', ...rest] = lines(entry, terminal);
  return [`- ${first}`.trimEnd(), ...rest.map((line) => `  ${line}`)];
}

function mapping(value: Readonly<Record<string, unknown>>, terminal: Terminal): string[] {
  return Object.keys(value)
    .sort(byCodeUnit)
    .filter((key) => value[key] !== undefined)
    .flatMap((key) => {
      const inner = value[key];
      const label = printable(key);
      if (!Array.isArray(inner) && !isMapping(inner)) return [`${label}: ${scalar(inner, terminal)}`];
      return [`${label}:`, ...lines(inner, terminal).map((line) => `    ${line}`)];
    });
}

function scalar(value: unknown, terminal: Terminal): string {
  if (isStyled(value)) return paint(value, terminal);
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isStyled(value);
}

/** Compares names by UTF-16 code unit: the order of all output, with upper case first, independent of the locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
