/**
 * What happens when a name is taken. Where the annotation may stand and its defaults:
 * https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem#instance-attributes
 */
import { invalidRequest } from '../../core/service-error.ts';
import type { ItemKind } from './item-record.ts';

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

/** `merge`: the folder that is there is the answer. */
export type ConflictOutcome = 'create' | 'replace' | 'merge' | 'rename' | 'fail';

/** What to do with an item of kind `incoming` under a name that `existing` (undefined: nobody) holds. */
export function decideConflict(
  incoming: ItemKind,
  existing: ItemKind | undefined,
  behavior: ConflictBehavior,
): ConflictOutcome {
  if (existing === undefined) return 'create';
  if (behavior === 'rename') return 'rename';
  if (behavior === 'fail') return 'fail';
  if (incoming === 'file' && existing === 'file') return 'replace';
  return incoming === 'folder' && existing === 'folder' ? 'merge' : 'fail';
}

/**
 * `name` with a number: "report 1.txt", "New Folder 1". The number goes before the last extension of a file.
 * Microsoft says "the lowest available integer" and leaves the form open.
 */
export function numberedName(name: string, number: number, kind: ItemKind): string {
  const dot = kind === 'file' ? name.lastIndexOf('.') : -1;
  if (dot <= 0) return `${name} ${number}`;
  return `${name.slice(0, dot)} ${number}${name.slice(dot)}`;
}

/** The first free name in the row `name`, `name 1`, `name 2` … */
export function freeName(name: string, kind: ItemKind, taken: (name: string) => boolean): string {
  if (!taken(name)) return name;
  let number = 1;
  while (taken(numberedName(name, number, kind))) number++;
  return numberedName(name, number, kind);
}

const annotations = ['@microsoft.graph.conflictBehavior', '@name.conflictBehavior'] as const;

/**
 * The behavior that a request asks for: in its body or its query, under Graph's name or the older one.
 * @throws ServiceError 400 for a value that does not exist.
 */
export function readConflictBehavior(
  body: Readonly<Record<string, unknown>>,
  query: URLSearchParams,
): ConflictBehavior | undefined {
  for (const name of annotations) {
    const value = body[name] ?? query.get(name) ?? undefined;
    if (value === undefined || value === '') continue;
    if (value === 'fail' || value === 'replace' || value === 'rename') return value;
    throw invalidRequest(`The value of ${name} must be fail, replace or rename.`, 'invalidParameterFormat');
  }
  return undefined;
}
