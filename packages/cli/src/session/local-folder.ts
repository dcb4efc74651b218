/** The folder with the data of the `--local` drive. */
import { userFolders } from 'onedrive-kit/config';
import { absolute, pathOf } from '../arguments/local-path.ts';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** The absolute path from `--data` or `ONEDRIVE_DATA`. Default: `local` in the user's data folder. */
export function localFolder(flags: GlobalFlags, world: World): string {
  const typed = flags.data ?? setting(world.env['ONEDRIVE_DATA']);
  return typed === undefined ? pathOf(world).join(userFolders(world).data, 'local') : absolute(world, typed);
}
