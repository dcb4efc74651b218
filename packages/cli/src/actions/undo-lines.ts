/** For users who remove objects at a terminal: the ids of the objects, and the command that restores them. */

import { type Drive, itemKind } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import type { Context } from '../context.ts';
import { wantsObjects } from '../output/printer.ts';
import { quoted } from '../same-account.ts';

/** Objects read at the same time. */
const concurrency = 20;

/**
 * A line for each object, '' if it cannot be read. Costs a request for each object before the removal, so it is done on a
 * terminal only. Empty elsewhere, and over Live v5.0, which has no recycle bin.
 */
export async function undoLines(context: Context, objects: readonly string[]): Promise<readonly string[]> {
  const { flags, streams } = context;
  if (!streams.stderr.isTTY || flags.quiet || wantsObjects(flags)) return [];
  const drive = await context.drive();
  if (drive.context.provider.graph === undefined) return [];
  const lines: string[] = [];
  for (let at = 0; at < objects.length; at += concurrency)
    lines.push(
      ...(await Promise.all(
        objects.slice(at, at + concurrency).map((object) => lineOf(drive, object, context)),
      )),
    );
  return lines;
}

async function lineOf(drive: Drive, object: string, { call }: Context): Promise<string> {
  const item = await drive.stat(object, call).catch(() => undefined);
  return item === undefined ? '' : undoLine(item);
}

/** The line for a removed item. Pure. */
function undoLine(item: DriveItem): string {
  const path = itemPathOf(item) ?? item.name;
  // Personal drives, whose ids have a "!", restore by id; business drives restore by path.
  const target = item.id.includes('!') ? item.id : path;
  const what = itemKind(item) === 'folder' ? `${path} and everything in it` : path;
  return `Removed ${what} (id ${item.id}). To undo: onedrive-cli trash restore ${quoted(target)}`;
}
