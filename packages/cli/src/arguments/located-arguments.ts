/**
 * Resolves URLs in place of paths: every item argument may be a sharing link or the address of a page. If all of them are
 * in one drive, the command runs on that drive with ids as arguments.
 */

import type { Drive } from 'onedrive-kit/drive';
import { findDrive, isItemUrl, locateUrl, parseDriveAddress } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { DriveRef, ItemRef } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import type { Command, ParsedArguments } from '../definition/command.ts';
import { graphOnly } from './graph-only.ts';

/** The context and the arguments to run a command with. */
export interface LocatedCall {
  readonly context: Context;
  readonly args: ParsedArguments;
}

/**
 * Resolves the URLs among the arguments.
 * @throws OneDriveError `usage` for URLs of several drives, or URLs beside paths; `not-found`, `access-denied`.
 */
export async function locateArguments(
  command: Command,
  args: ParsedArguments,
  context: Context,
): Promise<LocatedCall> {
  const named = command.arguments.filter((spec) => spec.names === 'item' || spec.names === 'folder');
  const typed = named.flatMap((spec) => args[spec.name] ?? []);
  if (named.some((spec) => spec.located === true) || !typed.some(isItemUrl)) return { context, args };
  if (!typed.every(isItemUrl)) {
    throw new OneDriveError(
      'usage',
      'URLs and paths cannot be mixed here, because a path refers to your own drive.',
      {
        hint: 'Use only URLs, or use --drive DRIVE and paths in that drive.',
      },
    );
  }
  const client = await graphOnly(context, 'items that can be opened by URL');
  const ids = new Map<string, string>();
  const drives = new Map<string, DriveRef>();
  for (const url of typed) {
    const { drive, item } = await locateUrl(client, url, { signal: context.signal });
    drives.set(JSON.stringify(drive), drive);
    ids.set(url, await idOf(item, drive, context));
  }
  const [ref, another] = drives.values();
  if (ref === undefined || another !== undefined)
    throw new OneDriveError(
      'usage',
      'The URLs belong to several drives, but this command works on one drive at a time.',
    );
  const toId = (value: string): string => ids.get(value) ?? value;
  const resolved = Object.entries(args).map(([name, value]) => [
    name,
    !named.some((spec) => spec.name === name) || value === undefined
      ? value
      : typeof value === 'string'
        ? toId(value)
        : value.map(toId),
  ]);
  return { context: onDrive(context, ref), args: Object.fromEntries(resolved) as ParsedArguments };
}

/** The id of an item: a URL of a folder in a library yields only a path, but the command gets ids. */
async function idOf(item: ItemRef, drive: DriveRef, context: Context): Promise<string> {
  if (item.anchor.kind === 'id' && item.path.length === 0) return item.anchor.id;
  return (await (await context.driveAt(drive)).stat(item, { signal: context.signal })).id;
}

/** The context for another drive, whose items are named by id. */
function onDrive(context: Context, ref: DriveRef): Context {
  const drive = (): Promise<Drive> => context.driveAt(ref);
  return { ...context, as: 'id', call: { ...context.call, as: 'id' }, drive, uploadDrive: drive };
}

/** The drive that `--drive` names. @throws OneDriveError `usage`, `not-found`. */
export async function chosenDrive(typed: string, context: Context): Promise<DriveRef> {
  const address = parseDriveAddress(typed);
  return await findDrive(await graphOnly(context, 'drives other than your own'), address, {
    signal: context.signal,
  });
}
