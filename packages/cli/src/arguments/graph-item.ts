/** Resolves an argument to the parameters of the endpoint functions of Graph: client, drive, item. */
import { graphPlace } from 'onedrive-kit/drive';
import type { DriveRef, GraphClient, ItemRef } from 'onedrive-kit/graph';
import { refOf } from 'onedrive-kit/internal/drive/provider/item-home';
import type { Context } from '../context.ts';

/** The first parameters of the endpoint functions. */
export type GraphItem = readonly [GraphClient, DriveRef, ItemRef];

/**
 * @param what completes the message "The Live v5.0 API has no …", such as `versions`.
 * @throws OneDriveError `not-supported`
 */
export async function graphItem(typed: string, context: Context, what: string): Promise<GraphItem> {
  const drive = await context.drive();
  const { client, ref } = graphPlace(drive.context, what);
  const item = drive.resolve(typed, context.as);
  // A deep path may contain a shortcut to another drive, which the service does not follow.
  const isDeep = item.path.length > 1;
  return [client, ref, isDeep ? refOf(await drive.stat(item, { signal: context.signal })) : item];
}
