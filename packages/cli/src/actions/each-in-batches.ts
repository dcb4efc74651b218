/**
 * Runs an action on many objects, twenty at a time, with their requests combined into batches. Output is in the order of
 * the objects. A failure is reported and does not stop the others.
 */
import { type Drive, openDrive } from 'onedrive-kit/drive';
import { largestBatch } from 'onedrive-kit/graph';
import { type Batching, batching } from 'onedrive-kit/internal/graph/batching';
import type { Context } from '../context.ts';
import { type Failure, onEach, reportFailure, statusOf } from './each.ts';

/**
 * Runs `act` on each object, with a context whose drive sends its requests in batches. With a single object, or over an
 * API without batches, this is {@link onEach}.
 * @returns 0 without failures, their exit status if they have the same one, else 1.
 */
export async function onEachInBatches(
  context: Context,
  objects: readonly string[],
  act: (object: string, context: Context) => Promise<void>,
): Promise<number> {
  if (objects.length === 1) return onEach(context, objects, (object) => act(object, context));
  const gathered = gathering(context);
  const status = await allOf(gathered.context, objects, act);
  await gathered.release();
  return status;
}

async function allOf(
  context: Context,
  objects: readonly string[],
  act: (object: string, context: Context) => Promise<void>,
): Promise<number> {
  const { graph } = (await context.drive()).context.provider;
  if (graph === undefined) return onEach(context, objects, (object) => act(object, context));
  const batches = batching(graph.client);
  const failures: Failure[] = [];
  for (let at = 0; at < objects.length; at += largestBatch) {
    context.signal.throwIfAborted();
    const started = objects.slice(at, at + largestBatch).map((object) => {
      const buffered = buffering(inBatches(context, batches));
      const work = batches.join(() => act(object, buffered.context));
      return {
        object,
        buffered,
        outcome: work.then(
          () => undefined,
          (error: unknown) => ({ object, error }),
        ),
      };
    });
    for (const { buffered, outcome } of started) {
      const failure = await outcome;
      await buffered.release();
      if (failure === undefined) continue;
      if (context.signal.aborted) throw failure.error;
      failures.push(failure);
      await reportFailure(context, failure.error);
    }
  }
  return statusOf(context, failures);
}

/** The context with drives whose requests are batched. While one object waits for a copy, the batch does not wait for it. */
function inBatches(context: Context, { client, away }: Batching): Context {
  const { clock } = context;
  const suspendingClock = {
    ...clock,
    sleep: (ms: number, options?: { readonly signal?: AbortSignal | undefined }) =>
      away(() => clock.sleep(ms, options)),
  };
  const over = (drive: Drive): Drive => {
    const { provider, world } = drive.context;
    const { graph } = provider;
    return graph === undefined ? drive : openDrive(client, graph.ref, { ...world, clock: suspendingClock });
  };
  return {
    ...context,
    client: async () => client,
    drive: async () => over(await context.drive()),
    driveAt: async (ref) => over(await context.driveAt(ref)),
  };
}

/** A context that gathers the output into one list, because two JSON documents in a row are not valid JSON. */
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

/** A context that buffers its output until it is released. */
function buffering(context: Context): { readonly context: Context; release(): Promise<void> } {
  const writes: (() => Promise<void>)[] = [];
  const hold =
    <T>(write: (value: T) => Promise<void>) =>
    async (value: T) =>
      void writes.push(() => write(value));
  return {
    context: {
      ...context,
      print: hold((value) => context.print(value)),
      printRaw: hold((value) => context.printRaw(value)),
      result: hold((value) => context.result(value)),
      note: hold((line) => context.note(line)),
    },
    async release() {
      for (const write of writes.splice(0)) await write();
    },
  };
}
