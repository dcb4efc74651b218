/** Permanent deletion, restoring from the recycle bin, and deletion of many items. */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import { attempts } from '../../http/attempts.ts';
import { isRepeatableStatus } from '../../http/governor/retry-policy.ts';
import { repeatable, repeatableDeletion } from '../../http/repeated.ts';
import { refusal } from '../batch-refusal.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForNothing, sendForObject } from '../send.ts';
import type { DriveItem } from '../types/index.ts';
import { largestBatch, sendBatch } from './batch.ts';
import { deleteItem, getItem } from './items.ts';

/**
 * Deletes permanently, without the recycle bin; repeated like {@link deleteItem}. @see
 * https://learn.microsoft.com/graph/api/driveitem-permanentdelete
 */
export function permanentDelete(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<void> {
  return repeatableDeletion((attempts) =>
    sendForNothing(client, {
      method: 'POST',
      contract: contracts.permanentDelete,
      url: itemPath(drive, item, 'permanentDelete'),
      what: `delete ${describeItem(item)} permanently`,
      idempotent: true,
      attempts,
      options,
    }),
  );
}

/** Where to restore an item. */
export interface RestoreOptions extends CallOptions {
  /** The target folder. Default: the original folder. */
  readonly parentId?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Restores an item from the recycle bin by its previous id; personal drives only. Repeated after a lost
 * response; if a repeated attempt is refused but the item exists, it was restored.
 * @see https://learn.microsoft.com/graph/api/driveitem-restore
 */
export function restoreItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  { parentId, name, ...options }: RestoreOptions = {},
): Promise<DriveItem> {
  const json = {
    ...(parentId === undefined ? {} : { parentReference: { id: parentId } }),
    ...(name === undefined ? {} : { name }),
  };
  return repeatable<DriveItem>(
    (attempts) =>
      sendForObject(client, {
        method: 'POST',
        contract: contracts.restoreItem,
        url: itemPath(drive, item, 'restore'),
        what: `restore ${describeItem(item)}`,
        json,
        idempotent: true,
        attempts,
        options,
      }),
    {
      traces: ['not-found', 'conflict', 'invalid-request'],
      result: () => getItem(client, drive, item, { signal: options.signal }),
    },
  );
}

/**
 * Moves many items to the recycle bin, {@link largestBatch} per request. An item that was throttled within a
 * batch is sent once more alone, and the transport waits as the service requests.
 * @returns for each item, in order, the error or undefined.
 * @see https://learn.microsoft.com/graph/json-batching
 */
export async function deleteItems(
  client: GraphClient,
  drive: DriveRef,
  items: readonly ItemRef[],
  options: CallOptions = {},
): Promise<(OneDriveError | undefined)[]> {
  const done: (OneDriveError | undefined)[] = [];
  for (let at = 0; at < items.length; at += largestBatch) {
    const part = items.slice(at, at + largestBatch);
    const calls = part.map((item) => ({ method: 'DELETE', url: itemPath(drive, item) }));
    const memory = attempts();
    const answers = await sendBatch(client, calls, { ...options, idempotent: true, attempts: memory });
    for (const [i, answer] of answers.entries()) {
      const item = part[i];
      if (item === undefined) continue;
      const { status } = answer;
      if (isWorthRepeating(status)) done.push(await alone(client, drive, item, options, status >= 500));
      else if (status === 404 && memory.unclear) done.push(undefined);
      else done.push(refusal(answer, contracts.deleteItem, `remove ${describeItem(item)}`));
    }
  }
  return done;
}

/** Throttled, not started because of another call, or of unknown outcome: sent again alone. */
function isWorthRepeating(status: number): boolean {
  return status === 424 || isRepeatableStatus(status);
}

async function alone(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions,
  mayBeDone: boolean,
): Promise<OneDriveError | undefined> {
  try {
    await deleteItem(client, drive, item, options);
    return undefined;
  } catch (error) {
    if (mayBeDone && isOneDriveError(error) && error.code === 'not-found') return undefined;
    if (isOneDriveError(error)) return error;
    throw error;
  }
}
