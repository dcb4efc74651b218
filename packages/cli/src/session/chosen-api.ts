/** Which wire a run speaks, where the command line or the environment says so. */
import type { Profile } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** @throws OneDriveError `config` for a wire that there is not. */
export function chosenApi(
  flags: Pick<GlobalFlags, 'api'>,
  world: Pick<World, 'env'>,
): Profile['api'] | undefined {
  const named = setting(world.env['ONEDRIVE_API']);
  if (named === undefined || named === 'graph' || named === 'live-v5') return flags.api ?? named;
  throw new OneDriveError('config', `ONEDRIVE_API was expected to be graph or live-v5, not "${named}".`);
}
