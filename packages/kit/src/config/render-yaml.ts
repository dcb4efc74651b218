/** Values as YAML text that every reader, including YAML 1.1 of the older tool, interprets correctly. */
import type { YamlChange } from './yaml-change.ts';

type Value = Exclude<YamlChange['value'], undefined>;

/** `a: 'x'`, or `a:` and an indented `b: 'x'` below it; ends with a newline. */
export function renderEntry(path: readonly string[], value: Value, indent: string, newline: string): string {
  const [key = '', ...rest] = path;
  const head = `${indent}${renderText(key)}:`;
  return rest.length === 0
    ? `${head} ${renderValue(value)}${newline}`
    : `${head}${newline}${renderEntry(rest, value, `${indent}  `, newline)}`;
}

/** A number unquoted, words in brackets, text in quotes if a reader could interpret it as something else. */
export function renderValue(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return renderText(value);
  return `[${value.map(renderText).join(', ')}]`;
}

function renderText(text: string): string {
  if (isPlain(text)) return text;
  // A JSON string is a YAML double-quoted one; single quotes are easier to read but cannot contain control
  // characters.
  return /^[\x20-\x7E\u00A0-\uD7FF]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** True if no YAML reader interprets the text as a number, a date, a boolean or null. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z][\w./@-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null|inf|nan)$/i.test(text);
}
