/** The API that the command line or the environment selects. */
import type { Profile } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** @throws OneDriveError `config` for an unknown API. */
export function chosenApi(
  flags: Pick<GlobalFlags, 'api'>,
  world: Pick<World, 'env'>,
): Profile['api'] | undefined {
  const value = setting(world.env['ONEDRIVE_API']);
  if (value === undefined || value === 'graph' || value === 'live-v5') return flags.api ?? value;
  throw new OneDriveError('config', `Invalid ONEDRIVE_API "${value}": use graph or live-v5.`);
}
