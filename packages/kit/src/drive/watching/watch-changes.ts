/** Changes as they happen, by asking delta again and again, at once where something tells of them. Each round ends with a token to resume from. */
import { isOneDriveError } from '../../errors/index.ts';
import { getDelta } from '../../graph/endpoints/views.ts';
import type { DeltaItem } from '../../graph/types/index.ts';
import type { DriveOptions, Target } from '../address/target.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';
import { type ChangeSignal, untold } from './change-signal.ts';
import { deltaBelow } from './delta-below.ts';

/** What happened. */
export type DriveEvent =
  /** New, renamed, moved, or with another content or metadata: delta does not tell which. */
  | { readonly kind: 'changed'; readonly item: DeltaItem }
  | { readonly kind: 'deleted'; readonly item: DeltaItem }
  /** A round is over; the token goes on from here. Also when nothing happened. */
  | { readonly kind: 'round'; readonly token: string }
  /** The service forgot the token: what happened since is not known, and watching starts anew. */
  | { readonly kind: 'resync' };

/** How to watch. */
export interface WatchOptions extends DriveOptions {
  /** Of an earlier `round`; from now on unless told. */
  readonly token?: string | undefined;
  /** Milliseconds between two rounds; 15,000 unless told. */
  readonly interval?: number | undefined;
  /** Starts a round before its time; `pushedChanges` is one. Without it every round waits for {@link interval}. */
  readonly changes?: ChangeSignal | undefined;
}

/**
 * Watches a folder until the signal or the reader ends it. What was seen in the folder and leaves it is `deleted`.
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
