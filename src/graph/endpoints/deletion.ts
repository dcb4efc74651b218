/** Beyond the recycle bin, out of it, and many at once. */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../client.ts';
import { graphErrorOf } from '../error-answer.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForNothing, sendForObject } from '../send.ts';
import type { DriveItem } from '../types/index.ts';
import { largestBatch, sendBatch } from './batch.ts';
import { deleteItem } from './items.ts';

/** Deletes for good, past the recycle bin. @see https://learn.microsoft.com/graph/api/driveitem-permanentdelete */
export function permanentDelete(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<void> {
  return sendForNothing(client, {
    method: 'POST',
    url: itemPath(drive, item, 'permanentDelete'),
    what: `delete ${describeItem(item)} for good`,
    options,
  });
}

/** Where a restored item goes. */
export interface RestoreOptions extends CallOptions {
  /** The folder; the old place unless told. */
  readonly parentId?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Takes an item out of the recycle bin by the id that it had; personal drives only.
 * @see https://learn.microsoft.com/graph/api/driveitem-restore
 */
export function restoreItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  { parentId, name, ...options }: RestoreOptions = {},
): Promise<DriveItem> {
  return sendForObject(client, {
    method: 'POST',
    url: itemPath(drive, item, 'restore'),
    what: `restore ${describeItem(item)}`,
    json: {
      ...(parentId === undefined ? {} : { parentReference: { id: parentId } }),
      ...(name === undefined ? {} : { name }),
    },
    options,
  });
}

/**
 * Moves many items to the recycle bin, {@link largestBatch} in a request. What was held back in a batch is sent once
 * more by itself, where the transport waits as the service asks.
 * @returns for each item, in their order, the error why not, or undefined.
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
    const answers = await sendBatch(client, calls, { ...options, idempotent: true });
    for (const [i, item] of part.entries()) {
      const { status = 0, headers = {}, body } = answers[i] ?? {};
      if (status === 429 || status === 503) done.push(await alone(client, drive, item, options));
      else if (status < 300) done.push(undefined);
      else
        done.push(graphErrorOf(`remove ${describeItem(item)}`, status, headers, JSON.stringify(body ?? {})));
    }
  }
  return done;
}

async function alone(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions,
): Promise<OneDriveError | undefined> {
  try {
    await deleteItem(client, drive, item, options);
    return undefined;
  } catch (error) {
    if (isOneDriveError(error)) return error;
    throw error;
  }
}
