/** Copying, which the service does on its own time, and the monitor that tells how far it is. */
import { OneDriveError } from '../../errors/index.ts';
import { discard } from '../../http/read.ts';
import type { GraphClient } from '../client.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { urlOf } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, readObject, send } from '../send.ts';
import type { ConflictBehavior, CopyMonitor, CopyRequest } from '../types/index.ts';

/** How to copy. */
export interface CopyOptions extends CallOptions {
  /** Left out of the request for undefined: personal drives do not know the parameter. */
  readonly conflict?: ConflictBehavior | undefined;
}

/**
 * Starts a copy.
 * @see https://learn.microsoft.com/graph/api/driveitem-copy
 * @returns the monitor URL: a secret of its own, to be asked without a token.
 * @throws GraphError, OneDriveError `protocol` when the answer names no monitor.
 */
export async function copyItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: CopyRequest,
  options: CopyOptions = {},
): Promise<string> {
  const what = `copy ${describeItem(item)}`;
  const response = await send(client, {
    method: 'POST',
    url: itemPath(drive, item, 'copy'),
    what,
    query: { '@microsoft.graph.conflictBehavior': options.conflict },
    headers: { prefer: 'respond-async' },
    json: request,
    options,
  });
  await discard(response);
  const location = response.headers['location'];
  const monitor = location === undefined ? undefined : urlOf(location, client.baseUrl);
  if (monitor !== undefined) return monitor.href;
  throw new OneDriveError(
    'protocol',
    `Could not follow how the service goes on to ${what}: it named no monitor.`,
    {
      hint: 'Look into the target folder: the copy may be there already.',
    },
  );
}

/**
 * How far a copy is. 202 while it runs, 200 or 303 with a body when it is done; `status` in the body decides.
 * Sent without the token. @see https://learn.microsoft.com/graph/long-running-actions-overview
 */
export async function getMonitor(
  client: GraphClient,
  url: string,
  options: CallOptions = {},
): Promise<CopyMonitor> {
  const what = 'ask how far the copy is';
  const response = await send(client, {
    method: 'GET',
    url,
    what,
    options,
    accept: [303],
    via: client.plain,
  });
  return await readObject<CopyMonitor>(response, what);
}
