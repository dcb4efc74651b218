/** `config check`: all problems of a file, with their positions, and suspicious keys. */
import { isMap, isScalar } from 'yaml';
import type { z } from 'zod';
import { readConfig } from './read-config.ts';
import { configSchema } from './schema.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

export interface ConfigFinding {
  /** `error`: the file cannot be used; `warning`: a key that is not used. */
  readonly level: 'error' | 'warning';
  /** Dotted key; '' for the file. */
  readonly key: string;
  /** From 1; 0 if the finding has no position. */
  readonly line: number;
  /** Never quotes the value: it may be a secret. */
  readonly message: string;
}

/** Returns all problems of `text`; an empty list if there are none. */
export function checkConfig(path: string, text: string): readonly ConfigFinding[] {
  try {
    const source = parseYaml(path, text);
    const findings = [...schemaFindings(source), ...unknownKeys(source)];
    if (findings.some(({ level }) => level === 'error')) return findings;
    readConfig(source);
    return findings;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const place = /:(\d+):\d+: (.*)$/s.exec(message);
    return [{ level: 'error', key: '', line: Number(place?.[1] ?? 0), message: place?.[2] ?? message }];
  }
}

function schemaFindings(source: YamlSource): ConfigFinding[] {
  const result = configSchema.safeParse(nothingIsNull(source.document.toJS() ?? {}));
  return result.success ? [] : result.error.issues.map((issue) => finding(source, issue));
}

function finding(source: YamlSource, issue: z.core.$ZodIssue): ConfigFinding {
  const key = issue.path.join('.');
  return { level: 'error', key, line: lineOf(source, issue.path), message: expectation(issue) };
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')} was expected`;
    case 'invalid_type':
      return `${issue.expected} was expected`;
    case 'invalid_format':
      return `${issue.message} was expected`;
    case 'invalid_union': {
      const choices = issue.errors.flat().map(expectation);
      return choices.length === 0 ? 'another value was expected' : [...new Set(choices)].join(', or ');
    }
    default:
      return 'another value was expected';
  }
}

/** In the failsafe schema `key:` and `key: null` are texts. */
function nothingIsNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nothingIsNull);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]): [string, unknown] => [key, nothingIsNull(inner)])
        .filter(([, inner]) => inner !== undefined),
    );
  return typeof value === 'string' && ['', '~', 'null', 'Null', 'NULL'].includes(value) ? undefined : value;
}

interface Shaped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly unwrap?: () => unknown;
}

/**
 * Keys that are not settings: often a typing error. Those that python-onedrive had for its HTTP library are
 * known.
 */
function unknownKeys(source: YamlSource): ConfigFinding[] {
  const found: ConfigFinding[] = [];
  const walk = (node: unknown, schema: unknown, path: readonly string[]): void => {
    const shape = (unwrapped(schema) as Shaped | undefined)?.shape;
    if (!isMap(node) || shape === undefined || path.at(-1) === 'request') return;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const inner = [...path, name];
      if (shape[name] === undefined)
        found.push({
          level: 'warning',
          key: inner.join('.'),
          line: lineOf(source, inner),
          message: 'unknown setting',
        });
      else walk(value, shape[name], inner);
    }
  };
  const { contents } = source.document;
  walk(contents, configSchema, []);
  const profiles = isMap(contents) ? contents.get('profiles', true) : undefined;
  if (isMap(profiles))
    for (const { key, value } of profiles.items)
      walk(value, configSchema.omit({ profiles: true, profile: true, $schema: true }), [
        'profiles',
        isScalar(key) ? String(key.value) : '',
      ]);
  return found;
}

function unwrapped(schema: unknown): unknown {
  let inner = schema as Shaped | undefined;
  for (let depth = 0; inner?.unwrap && depth < 5; depth++) inner = inner.unwrap() as Shaped | undefined;
  return inner;
}

function lineOf(source: YamlSource, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = source.document.getIn(path.slice(0, depth), true);
    const range =
      typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[]) : undefined;
    if (range?.[0] !== undefined) return source.lines.linePos(range[0]).line;
  }
  return 0;
}
