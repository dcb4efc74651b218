/** A schedule: everything that goes wrong in one transfer, drawn from a seed, so that it can be played again. */
import { seededRandom } from '../../packages/kit/src/platform/index.ts';
import type { FileFault } from '../../packages/kit/src/platform/memory/faulty-file-system.ts';
import type { Fault, FaultPlan, FaultRule } from '../../packages/server/src/testing/faults/fault.ts';

export interface Schedule {
  readonly seed: number;
  readonly direction: 'upload' | 'download';
  readonly kind: 'personal' | 'business';
  /** Bytes. */
  readonly size: number;
  readonly ranges: number;
  readonly fragmentSize: number;
  /** Is there another file under the name already? */
  readonly replaces: boolean;
  readonly faults: FaultPlan;
  /** Each crash is one of a process; the next one goes on without it. */
  readonly files: readonly FileFault[];
  /** What others do meanwhile; of uploads only. */
  readonly meanwhile: Meanwhile | undefined;
  /** Bytes of small files that are moved with it, as a tree; undefined where the file is moved alone. */
  readonly company: readonly number[] | undefined;
  /** Milliseconds that an access token lives; undefined where none ends. */
  readonly tokenLife: number | undefined;
  /** What a crash is: the end of the process, or of the power as well. */
  readonly crash: 'kill' | 'power-lost' | 'power-kept';
}

/** What others do while an upload goes on. */
export interface Meanwhile {
  /** Before this request of the upload is served, counting from 1 through all of its processes. */
  readonly request: number;
  /** A second session of the same name, a file of that name by another client, or other bytes in the source. */
  readonly does: 'open-session' | 'take-name' | 'change-source';
  /** What becomes of the name where it is taken, for both of them. */
  readonly conflict: 'replace' | 'fail';
  /** Bytes that the source has then. */
  readonly size: number;
}

const statuses = [401, 403, 404, 409, 410, 412, 416, 423, 429, 500, 502, 503, 504, 507, 509];

/** Draws one. */
export function scheduleOf(seed: number): Schedule {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.next() * most);
  const chance = (odds: number) => random.next() < odds;
  const pick = <T>(values: readonly T[]): T => values[upTo(values.length)] as T;
  const size = chance(0.1) ? upTo(3) : 1 + upTo(9000);
  const at = () => upTo(size + 200);
  const fault = (): Fault =>
    pick<() => Fault>([
      () => ({ kind: 'status', status: pick(statuses), body: pick(['error', 'html', 'empty'] as const) }),
      () => ({ kind: 'status', status: pick([429, 503]), retryAfter: upTo(90) }),
      () => ({ kind: 'reset', at: at() }),
      () => ({ kind: 'reset' }),
      () => ({ kind: 'reset-request', at: at() }),
      () => ({ kind: 'truncate', at: at(), length: pick(['right', 'wrong'] as const) }),
      () => ({ kind: 'corrupt', at: at() }),
      () => ({ kind: 'stall', at: at() }),
      () => ({ kind: 'lose-answer' }),
      () => ({ kind: 'empty-answer' }),
      () => ({ kind: 'expire', what: pick(['session', 'download-url'] as const) }),
      () => ({ kind: 'forget', from: at() }),
      () => ({ kind: 'delay', ms: upTo(100_000) }),
    ])();
  const rule = (): FaultRule => {
    const anywhere = pick(['/_upload/*', '/_upload/*', '/_content/*', '/_content/*', '/v1.0/*', '*']);
    const nth = 1 + upTo(4);
    const wrong = fault();
    const path = placeOf(wrong) ?? anywhere;
    return { match: { path }, nth: chance(0.2) ? { from: nth, to: nth + upTo(8) } : nth, fault: wrong };
  };
  const fileFault = (): FileFault => ({
    operation: pick([
      'handle.read',
      'handle.write',
      'handle.sync',
      'rename',
      'open',
      'handle.truncate',
    ] as const),
    nth: 1 + upTo(12),
    does: pick<FileFault['does']>([
      { code: 'ENOSPC' },
      { code: 'EIO' },
      { torn: upTo(50) },
      { short: 1 + upTo(50) },
    ]),
  });
  const crash: FileFault[] = chance(0.5) ? [{ nth: 1 + upTo(45), does: { crash: true } }] : [];
  const known = {
    seed,
    direction: pick(['upload', 'download'] as const),
    kind: pick(['personal', 'business'] as const),
    size,
    ranges: 1 + upTo(3),
    fragmentSize: 100 * (1 + upTo(20)),
    replaces: chance(0.4),
    faults: { seed, rules: Array.from({ length: 1 + upTo(7) }, rule) },
    files: [...crash, ...(chance(0.3) ? [fileFault()] : [])],
    crash: pick(['kill', 'power-lost', 'power-kept'] as const),
  };
  // Drawn last, so that what is drawn above stays the same for a seed.
  const does = pick(['open-session', 'take-name', 'change-source'] as const);
  const meanwhile: Meanwhile = {
    request: 1 + upTo(12),
    does,
    conflict: does !== 'change-source' && !known.replaces && chance(0.5) ? 'fail' : 'replace',
    size: chance(0.5) ? size : upTo(9000),
  };
  const happens = known.direction === 'upload' && chance(0.5);
  const company = chance(0.25) ? Array.from({ length: 1 + upTo(5) }, () => upTo(1500)) : undefined;
  // A tree has no wish that a name be refused: what is in the way is replaced or left alone.
  const wish = company === undefined ? meanwhile.conflict : 'replace';
  const tokenLife = chance(0.3) ? 2000 + upTo(60_000) : undefined;
  const more: FaultRule[] = [
    ...(chance(0.15) ? [onContent({ kind: 'corrupt-request', at: upTo(size) }, pick, 1 + upTo(6))] : []),
    ...(chance(0.15) ? [{ match: { path: '/v1.0/*' }, nth: 1 + upTo(4), fault: endOfToken }] : []),
  ];
  // Half of the uploads make more calls than the crash above can be drawn for. It is the second of two where both are.
  const late: FileFault[] = chance(0.35)
    ? [{ nth: 1 + upTo(pick([45, 120, 300])), does: { crash: true } }]
    : [];
  return {
    ...known,
    files: [...known.files, ...late],
    company,
    tokenLife,
    meanwhile: happens ? { ...meanwhile, conflict: wish } : undefined,
    faults: { ...known.faults, rules: [...known.faults.rules, ...more] },
  };
}

const endOfToken: Fault = { kind: 'expire', what: 'token' };

/**
 * Where content goes in, alone or in a batch. Names and options of a request are not damaged: it is impossible to
 * detect that another name was intended.
 */
function onContent(fault: Fault, pick: <T>(values: readonly T[]) => T, nth: number): FaultRule {
  return { match: { method: 'PUT', path: pick(['/_upload/*', '/_upload/*', '*/content']) }, nth, fault };
}

/** Only what has a session can forget, and only what has an address can lose it. */
function placeOf(fault: Fault): string | undefined {
  if (fault.kind === 'forget' || (fault.kind === 'expire' && fault.what === 'session')) return '/_upload/*';
  return fault.kind === 'expire' ? '/_content/*' : undefined;
}
