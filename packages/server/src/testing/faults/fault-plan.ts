/**
 * Decides which faults apply to a request. Pure: the same plan, seed and requests yield the same faults, so that a
 * sequence that broke a client can be repeated.
 */
import type { Fault, FaultMatch, FaultPlan, FaultRule } from './fault.ts';

/** The properties of a request that rules match. */
export interface FaultSubject {
  readonly method: string;
  /** Path as sent. */
  readonly path: string;
  /** Path and query, decoded if possible. */
  readonly text: string;
}

/** How often each rule has matched and was applied, and the state of the random numbers. */
export interface FaultState {
  readonly dice: number;
  readonly matched: readonly number[];
  readonly struck: readonly number[];
}

export function initialFaultState(plan: FaultPlan): FaultState {
  const zeros = plan.rules.map(() => 0);
  return { dice: (plan.seed ?? 1) >>> 0, matched: zeros, struck: zeros };
}

/** The faults of this request in the order of the plan, and the next state. */
export function decideFaults(
  plan: FaultPlan,
  state: FaultState,
  subject: FaultSubject,
): { readonly faults: readonly Fault[]; readonly state: FaultState } {
  const matched = [...state.matched];
  const struck = [...state.struck];
  const faults: Fault[] = [];
  let dice = state.dice;
  for (const [index, rule] of plan.rules.entries()) {
    if (!matches(rule.match, subject)) continue;
    matched[index] = (matched[index] ?? 0) + 1;
    if (!isDue(rule, matched[index], struck[index] ?? 0)) continue;
    const roll = nextDice(dice);
    dice = roll.dice;
    if (roll.value >= (rule.chance ?? 1)) continue;
    struck[index] = (struck[index] ?? 0) + 1;
    faults.push(rule.fault);
  }
  return { faults, state: { dice, matched, struck } };
}

function matches(match: FaultMatch | undefined, subject: FaultSubject): boolean {
  if (match === undefined) return true;
  if (match.method !== undefined && match.method.toUpperCase() !== subject.method) return false;
  if (match.item !== undefined && !subject.text.includes(match.item)) return false;
  return match.path === undefined || globMatches(match.path, subject.path);
}

/** `*` matches any sequence of characters. No nested repetition, so no catastrophic backtracking. */
function globMatches(glob: string, path: string): boolean {
  const parts = glob.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return glob === path;
  if (!path.startsWith(first) || path.length < first.length + last.length || !path.endsWith(last))
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const index = path.indexOf(part, from);
    if (index < 0) return false;
    from = index + part.length;
  }
  return from <= path.length - last.length;
}

function isDue(rule: FaultRule, count: number, struck: number): boolean {
  if (rule.times !== undefined && struck >= rule.times) return false;
  const { nth } = rule;
  if (nth === undefined) return true;
  if (typeof nth === 'number') return count === nth;
  if (isList(nth)) return nth.includes(count);
  if ('every' in nth) return count % nth.every === 0;
  return count >= nth.from && count <= (nth.to ?? Number.POSITIVE_INFINITY);
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(nth: object): nth is readonly number[] {
  return Array.isArray(nth);
}

/** The mulberry32 generator: small, and seedable. */
function nextDice(dice: number): { readonly dice: number; readonly value: number } {
  const next = (dice + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { dice: next, value: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 };
}
