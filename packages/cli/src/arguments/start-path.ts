/** The path of the folder where a walk starts, so that printed paths can be typed again. */

import { type Drive, parsePath } from 'onedrive-kit/drive';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import type { Context } from '../context.ts';

/** The names in a typed path; for an id, those in the path that the service reports. */
export async function startPath(
  drive: Drive,
  typed: string,
  { as, call }: Context,
): Promise<readonly string[]> {
  const ref = drive.resolve(typed, as);
  if (ref.anchor.kind === 'root') return ref.path;
  const path = itemPathOf(await drive.stat(typed, call));
  return path === undefined ? [] : parsePath(path);
}
