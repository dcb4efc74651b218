/** Local paths as typed: relative ones start at the working folder, and nothing here looks at the disk. */
import { posix, win32 } from 'node:path';
import type { World } from '../world.ts';

type Place = Pick<World, 'platform' | 'cwd'>;

/** The path functions of the platform at hand. */
export function pathOf(world: Pick<World, 'platform'>): typeof posix {
  return world.platform === 'win32' ? win32 : posix;
}

/** Absolute. */
export function absolute(world: Place, typed: string): string {
  return pathOf(world).resolve(world.cwd, typed);
}
