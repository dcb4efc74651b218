/** Validates a fault plan (parsed YAML or JSON) and reports each fault with its place. */
import { z } from 'zod';
import type { FaultPlan } from './fault.ts';

const bytes = z.int().nonnegative();

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    retryAfter: z.union([z.number().nonnegative(), z.string()]).optional(),
    body: z.enum(['error', 'html', 'empty']).optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('bandwidth'), bytesPerSecond: z.number().positive() }),
  z.strictObject({ kind: z.literal('reset'), at: bytes.optional() }),
  z.strictObject({ kind: z.literal('reset-request'), at: bytes }),
  z.strictObject({
    kind: z.literal('truncate'),
    at: bytes,
    length: z.enum(['right', 'wrong']).default('wrong'),
  }),
  z.strictObject({ kind: z.literal('corrupt'), at: bytes }),
  z.strictObject({ kind: z.literal('corrupt-request'), at: bytes }),
  z.strictObject({ kind: z.literal('stall'), at: bytes }),
  z.strictObject({ kind: z.literal('lose-answer') }),
  z.strictObject({ kind: z.literal('empty-answer') }),
  z.strictObject({ kind: z.literal('expire'), what: z.enum(['token', 'session', 'download-url']) }),
  z.strictObject({ kind: z.literal('forget'), from: bytes }),
  z.strictObject({
    kind: z.literal('resync'),
    inner: z
      .enum(['resyncChangesApplyDifferences', 'resyncChangesUploadDifferences'])
      .default('resyncChangesApplyDifferences'),
  }),
]);

const rule = z.strictObject({
  match: z.strictObject({ method: z.string(), path: z.string(), item: z.string() }).partial().optional(),
  nth: z
    .union([
      z.int().positive(),
      z.array(z.int().positive()),
      z.strictObject({ from: z.int().positive(), to: z.int().positive().optional() }),
      z.strictObject({ every: z.int().positive() }),
    ])
    .optional(),
  chance: z.number().min(0).max(1).optional(),
  times: z.int().positive().optional(),
  fault,
});

const plan = z.strictObject({ seed: z.int().nonnegative().optional(), rules: z.array(rule) });

/**
 * Validates a fault plan.
 * @throws Error with one line for each fault and its place in the document.
 */
export function readFaultPlan(data: unknown): FaultPlan {
  const read = plan.safeParse(data);
  if (!read.success) throw new Error(`The fault plan is invalid:\n${z.prettifyError(read.error)}`);
  return defined(read.data) as FaultPlan;
}

/** Removes keys whose value is undefined, which the types of the plan do not allow. */
function defined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
