/**
 * Conflict behavior: what happens if a name is taken. Where it may be specified, and its defaults:
 * https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem#instance-attributes
 */
import { invalidRequest } from '../../core/service-error.ts';
import type { ItemKind } from './item-record.ts';

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

/** `merge`: the existing folder is returned. */
export type ConflictOutcome = 'create' | 'replace' | 'merge' | 'rename' | 'fail';

/** What to do with a new item of kind `incoming` if an item of kind `existing` has its name (undefined: no item has). */
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
 * `name` with a number: "report 1.txt", "New Folder 1". The number is inserted before the last extension of a file.
 * Microsoft specifies "the lowest available integer", but not the format.
 */
export function numberedName(name: string, number: number, kind: ItemKind): string {
  const dot = kind === 'file' ? name.lastIndexOf('.') : -1;
  if (dot <= 0) return `${name} ${number}`;
  return `${name.slice(0, dot)} ${number}${name.slice(dot)}`;
}

/** The first name of the series `name`, `name 1`, `name 2` … that is not taken. */
export function freeName(name: string, kind: ItemKind, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  let number = 1;
  while (isTaken(numberedName(name, number, kind))) number++;
  return numberedName(name, number, kind);
}

const annotations = ['@microsoft.graph.conflictBehavior', '@name.conflictBehavior'] as const;

/**
 * The conflict behavior of a request: in its body or query, under Graph's name or the older one.
 * @throws ServiceError 400 for an invalid value.
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
