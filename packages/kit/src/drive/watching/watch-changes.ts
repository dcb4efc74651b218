/**
 * Watches for changes with repeated delta requests, at once if a signal reports changes. Each round ends with
 * a token to resume from.
 */
import { isOneDriveError } from '../../errors/index.ts';
import { getDelta } from '../../graph/endpoints/views.ts';
import type { DeltaItem } from '../../graph/types/index.ts';
import type { DriveOptions, Target } from '../address/target.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';
import { type ChangeSignal, untold } from './change-signal.ts';
import { deltaBelow } from './delta-below.ts';

/** An event of a watch. */
export type DriveEvent =
  /** Created, renamed, moved, or changed in content or metadata: delta does not distinguish these. */
  | { readonly kind: 'changed'; readonly item: DeltaItem }
  | { readonly kind: 'deleted'; readonly item: DeltaItem }
  /** The end of a round, with the token to resume from. Emitted even if nothing changed. */
  | { readonly kind: 'round'; readonly token: string }
  /**
   * The token has expired: changes since then are unknown, and watching starts again from the current state.
   */
  | { readonly kind: 'resync' };

/** Options for watching. */
export interface WatchOptions extends DriveOptions {
  /** The token of an earlier `round`. Default: from now on. */
  readonly token?: string | undefined;
  /** Milliseconds between two rounds. Default: 15 000. */
  readonly interval?: number | undefined;
  /** Starts a round early; `pushedChanges` is one. Without it every round waits for {@link interval}. */
  readonly changes?: ChangeSignal | undefined;
}

/**
 * Watches a folder until the signal aborts or the reader stops. An item that is moved out of the folder is
 * reported as `deleted`.
 * @throws OneDriveError `not-found`; `not-supported` over Live v5.0.
 */
export async function* watchChanges(
  context: DriveContext,
  folder: Target,
  {
    token = 'latest',
    interval = 15_000,
    changes = untold(context.world.clock),
    signal,
    as,
  }: WatchOptions = {},
): AsyncGenerator<DriveEvent, never, undefined> {
  const { client, ref } = graphPlace(context, 'delta');
  const { at, select } = await deltaBelow(context, folder, { signal, as });
  let from = token;
  for (;;) {
    try {
      for await (const page of getDelta(client, ref, at, { signal, from }).pages()) {
        for (const { item, inside } of await select(page.value))
          yield { kind: inside && item.deleted === undefined ? 'changed' : 'deleted', item };
        from = page['@odata.deltaLink'] ?? from;
      }
      yield { kind: 'round', token: from };
    } catch (error) {
      if (!isOneDriveError(error) || error.code !== 'resync' || from === 'latest') throw error;
      from = 'latest';
      yield { kind: 'resync' };
      continue;
    }
    await changes.wait(interval, signal);
  }
}
