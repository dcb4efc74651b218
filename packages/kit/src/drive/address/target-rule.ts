/**
 * The rule for the last argument of commands that put sources somewhere (`put`, `get`, `cp`, `mv`): an existing folder
 * receives them, a trailing slash means a folder, several sources need a folder, anything else is the new name. Pure.
 */

/** What exists at the target. */
export type TargetKind = 'folder' | 'file' | 'missing';

/** The facts that decide about a target. */
export interface TargetFacts {
  /** The target can only name a folder, see {@link namesFolder}. */
  readonly slash: boolean;
  readonly kind: TargetKind;
  /** The number of sources. */
  readonly sources: number;
  /** The target may have been meant as another source, e.g. because a local file has this name. Default: false. */
  readonly mayBeSource?: boolean | undefined;
}

/**
 * What to do with a target.
 *
 * - `folder`: the sources go into it; `create` if it does not exist yet.
 * - `name`: it is the new name of the one source.
 * - `refused`: `not-a-folder` (a file is there), `no-folder` (nothing is there), or `ambiguous` (perhaps a source).
 */
export type TargetDecision =
  | { readonly kind: 'folder'; readonly create: boolean }
  | { readonly kind: 'name' }
  | { readonly kind: 'refused'; readonly reason: 'not-a-folder' | 'no-folder' | 'ambiguous' };

/** Decides what a target means. */
export function decideTarget({ slash, kind, sources, mayBeSource = false }: TargetFacts): TargetDecision {
  if (kind === 'folder') return { kind: 'folder', create: false };
  if (slash)
    return kind === 'missing'
      ? { kind: 'folder', create: true }
      : { kind: 'refused', reason: 'not-a-folder' };
  if (kind === 'file' && (mayBeSource || sources > 1)) return { kind: 'refused', reason: 'not-a-folder' };
  if (mayBeSource) return { kind: 'refused', reason: 'ambiguous' };
  if (sources > 1) return { kind: 'refused', reason: 'no-folder' };
  return { kind: 'name' };
}

/** Whether a path can only name a folder: it ends with a slash, or its last part is `.` or `..`. */
export function namesFolder(typed: string): boolean {
  return /(^|[/\\])\.{0,2}$/.test(typed);
}

/** Splits arguments into sources and the target; a single argument is a source, and the target is the default. */
export function splitTarget(words: readonly string[]): {
  readonly sources: readonly string[];
  readonly target: string | undefined;
} {
  return words.length < 2
    ? { sources: words, target: undefined }
    : { sources: words.slice(0, -1), target: words.at(-1) };
}
