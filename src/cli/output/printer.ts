/** From a result to text, by the flags: `--query` selects, `--object-key` picks or formats, then JSON or the readable form. */
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { wireObjectOf } from '../../drive/wire-object.ts';
import type { GlobalFlags } from '../flags.ts';
import { human } from './human.ts';
import { printable } from './printable.ts';
import { type Template, template } from './template.ts';

/** Which of {@link GlobalFlags} shape the output. */
export type OutputFlags = Pick<GlobalFlags, 'json' | 'query' | 'objectKey'>;

/** True when a program reads the output: lists then hold whole objects, not names. */
export function wantsObjects(flags: OutputFlags): boolean {
  return flags.json || flags.query !== undefined || flags.objectKey !== undefined;
}

/**
 * The text for stdout, '' for undefined.
 * @throws OneDriveError `usage` for a malformed expression or template.
 */
export async function render(value: unknown, flags: OutputFlags): Promise<string> {
  if (value === undefined) return '';
  const selected = flags.query === undefined ? value : await select(value, flags.query);
  const picked = flags.objectKey === undefined ? selected : pick(selected, template(flags.objectKey));
  if (flags.json) return picked === undefined ? '' : `${safeJson(picked)}\n`;
  return human(picked ?? undefined);
}

/** Rejects a malformed `--query` or `--object-key` before anything is sent. */
export async function checkOutputFlags(flags: OutputFlags): Promise<void> {
  if (flags.objectKey !== undefined) template(flags.objectKey);
  if (flags.query !== undefined) await checkQuery(flags.query);
}

async function checkQuery(expression: string): Promise<void> {
  const { compile } = await import('@jmespath-community/jmespath');
  try {
    compile(expression);
  } catch (cause) {
    throw queryError(cause);
  }
}

async function select(value: unknown, expression: string): Promise<unknown> {
  const { search } = await import('@jmespath-community/jmespath');
  try {
    // What is printed came from JSON or is built of the same kinds of values.
    return search(value as Parameters<typeof search>[0], expression);
  } catch (cause) {
    throw queryError(cause);
  }
}

function queryError(cause: unknown): OneDriveError {
  const why = cause instanceof Error ? cause.message : 'it does not parse';
  return new OneDriveError(
    'usage',
    `--query is not a JMESPath expression that works here: ${printable(why)}`,
    {
      cause,
      hint: "The language: https://jmespath.org. For example: --query '[?size > `1000`].name'",
    },
  );
}

function pick(value: unknown, apply: Template): unknown {
  if (Array.isArray(value))
    return value.map((entry: unknown) => apply(entry)).filter((text) => text !== undefined);
  return typeof value === 'object' && value !== null ? apply(value) : value;
}

/** JSON in which a terminal finds nothing to obey: C1 and bidirectional controls are escaped as well. */
function safeJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Download URLs open a file to whoever has them; the context says only how the answer was addressed. */
const hiddenKeys = new Set([
  '@microsoft.graph.downloadUrl',
  '@content.downloadUrl',
  'uploadUrl',
  // Of the Live v5.0 API: its URLs of content and of renditions.
  'source',
  'picture',
  '@odata.context',
]);

/** A value of the service without what is no business of a screen or a log: for all commands but `api`. */
export function presentable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(presentable);
  if (typeof value !== 'object' || value === null) return value;
  const told = wireObjectOf(value);
  if (told !== undefined) return presentable(told);
  const entries = Object.entries(value).filter(([key]) => !hiddenKeys.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, presentable(inner)]));
}
