/** An item as Graph's own functions take it: client, drive, ref. */
import { graphPlace } from 'onedrive-kit/drive';
import type { DriveRef, GraphClient, ItemRef } from 'onedrive-kit/graph';
import { refOf } from 'onedrive-kit/internal/drive/provider/item-home';
import type { Context } from '../context.ts';

/** What Graph's functions take first. */
export type GraphItem = readonly [GraphClient, DriveRef, ItemRef];

/**
 * @param what finishes "… has no" over another wire: `versions`.
 * @throws OneDriveError `not-supported`
 */
export async function graphItem(typed: string, context: Context, what: string): Promise<GraphItem> {
  const drive = await context.drive();
  const { client, ref } = graphPlace(drive.context, what);
  const item = drive.resolve(typed, context.as);
  // A path through folders may lead through a shortcut to another drive, which the service does not follow.
  const isDeep = item.path.length > 1;
  return [client, ref, isDeep ? refOf(await drive.stat(item, { signal: context.signal })) : item];
}
