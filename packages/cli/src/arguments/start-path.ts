/** The names above what a walk gives, so that what is printed can be typed again. */

import { type Drive, parsePath } from 'onedrive-kit/drive';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import type { Context } from '../context.ts';

/** Of a typed path: its names. Of an id: its path as the service tells it. */
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
