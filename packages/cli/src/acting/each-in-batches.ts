/**
 * One thing on many objects, twenty at a time, whose calls go together in batches; printed in the order of the objects
 * all the same. One failure is told and does not stop the others.
 */
import { type Drive, openDrive } from 'onedrive-kit/drive';
import { largestBatch } from 'onedrive-kit/graph';
import { type Batching, batching } from 'onedrive-kit/internal/graph/batching';
import type { Context } from '../context.ts';
import { type Failure, onEach, reportFailure, statusOf } from './each.ts';

/**
 * Does `act` on each object, with a context whose drive sends its calls in batches. With a single object, or over a
 * wire without batches, this is {@link onEach}.
 * @returns 0; the exit status of the failures where they agree; 1 where they do not.
 */
export async function onEachInBatches(
  context: Context,
  objects: readonly string[],
  act: (object: string, context: Context) => Promise<void>,
): Promise<number> {
  if (objects.length === 1) return onEach(context, objects, (object) => act(object, context));
  const told = gathering(context);
  const status = await allOf(told.context, objects, act);
  await told.release();
  return status;
}

async function allOf(
  context: Context,
  objects: readonly string[],
  act: (object: string, context: Context) => Promise<void>,
): Promise<number> {
  const { graph } = (await context.drive()).context.provider;
  if (graph === undefined) return onEach(context, objects, (object) => act(object, context));
  const together = batching(graph.client);
  const failures: Failure[] = [];
  for (let at = 0; at < objects.length; at += largestBatch) {
    context.signal.throwIfAborted();
    const begun = objects.slice(at, at + largestBatch).map((object) => {
      const held = holding(inBatches(context, together));
      const work = together.join(() => act(object, held.context));
      return {
        object,
        held,
        outcome: work.then(
          () => undefined,
          (error: unknown) => ({ object, error }),
        ),
      };
    });
    for (const { held, outcome } of begun) {
      const failure = await outcome;
      await held.release();
      if (failure === undefined) continue;
      if (context.signal.aborted) throw failure.error;
      failures.push(failure);
      await reportFailure(context, failure.error);
    }
  }
  return statusOf(context, failures);
}

/** The same context over drives whose calls go together. Waiting for a copy keeps nobody else waiting. */
function inBatches(context: Context, { client, away }: Batching): Context {
  const { clock } = context;
  const patient = {
    ...clock,
    sleep: (ms: number, options?: { readonly signal?: AbortSignal | undefined }) =>
      away(() => clock.sleep(ms, options)),
  };
  const over = (drive: Drive): Drive => {
    const { provider, world } = drive.context;
    const { graph } = provider;
    return graph === undefined ? drive : openDrive(client, graph.ref, { ...world, clock: patient });
  };
  return {
    ...context,
    client: async () => client,
    drive: async () => over(await context.drive()),
    driveAt: async (ref) => over(await context.driveAt(ref)),
  };
}

/** A context that gathers what is printed into one list: two JSON documents in a row are none. */
function gathering(context: Context): { readonly context: Context; release(): Promise<void> } {
  const printed: unknown[] = [];
  const results: unknown[] = [];
  return {
    context: {
      ...context,
      print: async (value) => void printed.push(value),
      result: async (value) => void results.push(value),
    },
    async release() {
      if (printed.length > 0) await context.print(printed.flat());
      if (results.length > 0) await context.result(results.flat());
    },
  };
}

/** A context that keeps what is written until it is its turn. */
function holding(context: Context): { readonly context: Context; release(): Promise<void> } {
  const kept: (() => Promise<void>)[] = [];
  const hold =
    <T>(write: (value: T) => Promise<void>) =>
    async (value: T) =>
      void kept.push(() => write(value));
  return {
    context: {
      ...context,
      print: hold((value) => context.print(value)),
      printRaw: hold((value) => context.printRaw(value)),
      result: hold((value) => context.result(value)),
      note: hold((line) => context.note(line)),
    },
    async release() {
      for (const write of kept.splice(0)) await write();
    },
  };
}
