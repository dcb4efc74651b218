/** Resolves typed local paths, relative to the working folder. Does not access the disk. */
import { posix, win32 } from 'node:path';
import type { World } from '../world.ts';

type PathWorld = Pick<World, 'platform' | 'cwd'>;

/** The path functions of the platform. */
export function pathOf(world: Pick<World, 'platform'>): typeof posix {
  return world.platform === 'win32' ? win32 : posix;
}

/** The absolute path of a typed one. */
export function absolute(world: PathWorld, typed: string): string {
  return pathOf(world).resolve(world.cwd, typed);
}
