/** Where the embedded drive of `--local` is kept. */
import { userFolders } from 'onedrive-kit/config';
import { absolute, pathOf } from '../arguments/local-path.ts';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** Absolute: what `--data` or `ONEDRIVE_DATA` names, else `local` in the user's data folder. */
export function localFolder(flags: GlobalFlags, world: World): string {
  const named = flags.data ?? setting(world.env['ONEDRIVE_DATA']);
  return named === undefined ? pathOf(world).join(userFolders(world).data, 'local') : absolute(world, named);
}
