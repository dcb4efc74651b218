/**
 * `--object-key`: a key, or a template in the format of Python's `str.format`, as in python-onedrive:
 * `{name}`, `{0[name]}`, `{0[from][name]!r}`, `{size:>10}`, `{{` for a brace.
 * Source of the format: https://docs.python.org/3/library/string.html#format-string-syntax
 */
import { OneDriveError } from 'onedrive-kit/errors';

/** Formats an object; returns undefined if the object lacks a key of the template. */
export type Template = (object: unknown) => unknown;

type Part = string | { readonly path: readonly string[]; readonly repr: boolean; readonly format: string };

/**
 * Parses a key or template.
 * @throws OneDriveError `usage` if the template is invalid.
 */
export function template(spec: string): Template {
  if (!spec.includes('{')) return (object) => keyOrPath(object, spec);
  const parts = parse(spec);
  return (object) => render(parts, object);
}

/** The value of a key as a whole (`@odata.type` contains a dot), else of a path of keys. */
export function keyOrPath(object: unknown, key: string): unknown {
  return lookUp(object, [key]) ?? lookUp(object, key.split('.'));
}

function lookUp(object: unknown, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

function render(parts: readonly Part[], object: unknown): string | undefined {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      const value = lookUp(object, part.path);
      if (value === undefined) return undefined;
      text += format(part.repr ? JSON.stringify(value) : value, part.format);
    }
  }
  return text;
}

function parse(spec: string): Part[] {
  const parts: Part[] = [];
  const token = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g;
  for (const match of spec.matchAll(token)) {
    const [text, field] = match;
    if (text === '{{' || text === '}}') parts.push(text[0] ?? '');
    else if (field !== undefined) parts.push(parseField(field));
    else if (text === '{' || text === '}') throw malformed(spec);
    else parts.push(text);
  }
  return parts;
}

function parseField(field: string): Part {
  const match = /^([^!:]*)(?:!([rs]))?(?::(.*))?$/.exec(field);
  if (match === null) throw malformed(`{${field}}`);
  const path = parsePath(match[1] ?? '');
  const spec = match[3] ?? '';
  if (path.length === 0 || !formatSpec.test(spec)) throw malformed(`{${field}}`);
  return { path, repr: match[2] === 'r', format: spec };
}

/** Parses `0[from][name]`, `from[name]` or `from.name`; the leading 0 stands for the object itself. */
function parsePath(name: string): string[] {
  const path = name.split(/[[\].]+/).filter((key) => key !== '');
  return path[0] === '0' ? path.slice(1) : path;
}

const formatSpec = /^(?:(.)?([<>^]))?(0)?(\d+)?(?:\.(\d+))?([sdf])?$/u;

function format(value: unknown, spec: string): string {
  const [, fill, align, zero, width, precision, type] = formatSpec.exec(spec) ?? [];
  const numeric = typeof value === 'number';
  let text = typeof value === 'string' ? value : JSON.stringify(value);
  if (numeric && precision !== undefined) text = value.toFixed(Number(precision));
  else if (numeric && type === 'f') text = value.toFixed(6);
  else if (precision !== undefined) text = text.slice(0, Number(precision));
  return pad(
    text,
    Number(width ?? 0),
    align ?? (numeric ? '>' : '<'),
    fill ?? (zero === undefined ? ' ' : '0'),
  );
}

function pad(text: string, width: number, align: string, fill: string): string {
  if (align === '>') return text.padStart(width, fill);
  if (align === '<') return text.padEnd(width, fill);
  return text.padStart(text.length + Math.floor((width - text.length) / 2), fill).padEnd(width, fill);
}

function malformed(text: string): OneDriveError {
  return new OneDriveError('usage', `Invalid template in --object-key: ${text}`, {
    hint: "Use a key such as name, or a template such as '{name}: {size}'. For braces write {{ and }}.",
  });
}
