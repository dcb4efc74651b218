/** Resolves an argument to a drive and an item, for commands whose arguments may belong to several drives. */
import { type Drive, isItemUrl, locateUrl } from 'onedrive-kit/drive';
import type { ItemRef } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import { graphOnly } from './graph-only.ts';

/** An item in a drive. */
export interface Located {
  readonly drive: Drive;
  readonly item: ItemRef;
  /** Whether it was a path or an id in the drive that the command runs on. */
  readonly own: boolean;
}

/** @throws OneDriveError `not-found` or `access-denied` for a URL that cannot be resolved. */
export async function locate(typed: string, context: Context): Promise<Located> {
  if (!isItemUrl(typed)) {
    const drive = await context.drive();
    return { drive, item: drive.resolve(typed, context.as), own: true };
  }
  const { drive, item } = await locateUrl(
    await graphOnly(context, 'items that can be opened by URL'),
    typed,
    {
      signal: context.signal,
    },
  );
  return { drive: await context.driveAt(drive), item, own: false };
}
