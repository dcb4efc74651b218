/** The `output` setting: how lists are printed. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** The value from `ONEDRIVE_OUTPUT` or the configuration file. @throws OneDriveError `config`. */
export async function configuredOutput(context: Context, world: World): Promise<string | undefined> {
  const value = setting(world.env['ONEDRIVE_OUTPUT']);
  if (value === 'plain' || value === 'list') return value;
  if (value !== undefined)
    throw new OneDriveError('config', `Invalid ONEDRIVE_OUTPUT "${value}": use plain or list.`);
  try {
    const { existingOrNewProfile } = await import('./account.ts');
    return existingOrNewProfile(await context.config(), context.flags, world).output;
  } catch (error) {
    // The embedded drive needs no configuration, so a broken file does not stop it.
    if (context.flags.local) return undefined;
    throw error;
  }
}
