/** Holds one file of a schedule to what was said of it. */
import type { Verdict } from '../../packages/kit/src/drive/index.ts';
import type { Damage } from './damage.ts';
import { isDamaged, same, sameHash } from './same-bytes.ts';

/** What a transfer has told of a file; `same` where it was skipped for being there already. */
export type Told = Verdict | 'same';

/** A file, as it is on both sides now. */
export interface Moved {
  readonly path: string;
  readonly up: boolean;
  /** What the source has been: the last one is what it is. */
  readonly states: readonly Uint8Array[];
  readonly source: Uint8Array | undefined;
  readonly target: Uint8Array | undefined;
  /** What was at the target before. */
  readonly old: Uint8Array | undefined;
  /** What another client puts there, if one does. */
  readonly rival: Uint8Array | undefined;
  /** Whether that may happen even after our file was reported as uploaded. */
  readonly overtaken: boolean;
  readonly told: Told | undefined;
}

/**
 * @param damage asked for only when a file is not right: what the faults have done.
 * @returns what is wrong and yet honest, for a summary; undefined where all is right.
 * @throws Error where a source is lost, or a file is wrong but was reported as correct, or there is no explanation.
 */
export function judge(file: Moved, damage: () => Damage): string | undefined {
  const { path, states, source, target, told } = file;
  if (!same(source, states.at(-1))) throw new Error(`The source of ${path} is lost or changed.`);
  if (told === 'rewritten') throw new Error(`${path} was told to be rewritten, and no drive rewrites it.`);
  const honest = told === 'size-only' ? sizeOnly(file, damage()) : undefined;
  if (states.some((state) => same(target, state))) return honest;
  return isOfOthers(file, damage) ? undefined : wrong(file, damage());
}

function isOfOthers({ up, target, old, rival, overtaken, told }: Moved, damage: () => Damage): boolean {
  if (told === undefined && same(target, old)) return true;
  if (rival === undefined || (told !== undefined && !overtaken)) return false;
  // Another client does not look whether its bytes arrived.
  return same(target, rival) || (up && isDamaged(target, rival, damage().sent));
}

/** Without a hash there is none to compare: it must have been damaged in the answer and in the one asked for then. */
function sizeOnly({ path }: Moved, { told }: Damage): string {
  if (told < 2) throw new Error(`${path} was judged by its size, and no two answers were damaged.`);
  return 'judged by size: two answers were damaged';
}

/** A file that is not what its source is or was, nor what was there before. */
function wrong({ path, up, states, target, told }: Moved, damage: Damage): string {
  const most = up ? damage.sent : damage.received;
  const right = states.find((state) => isDamaged(target, state, most));
  if (right !== undefined && target !== undefined) {
    if (sameHash(target, right)) return 'wrong: QuickXorHash itself cannot tell';
    if (told === 'size-only') return 'wrong: judged by its size';
    if (told === undefined && up) return 'damaged on its way into the drive, and not told to be there';
  }
  throw new Error(
    `There is a wrong file at ${path}${told === undefined ? '' : `, and its reported outcome was: ${told}`}.`,
  );
}

/**
 * Everything succeeded, but nothing was reported for this file: its name or kind must have been damaged in a response
 * that has no hash of its own.
 * @throws Error where no answer was.
 */
export function missed({ path, told }: Moved, damage: () => Damage): string | undefined {
  if (told !== undefined) return undefined;
  if (damage().told < 1) throw new Error(`Nothing was reported for ${path}.`);
  return 'missed: a response that contains it was damaged';
}
