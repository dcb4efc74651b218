/** Whose drive it is: the configuration file, the profile in it, the addresses, and the credential that signs. */
import { type Endpoints, resolveEndpoints } from '../auth/endpoints.ts';
import {
  type Config,
  type ConfigFile,
  configFile,
  locateConfig,
  type Profile,
  selectProfile,
  userFolders,
} from '../config/index.ts';
import { fileLock } from '../platform/node/file-lock.ts';
import { pathOf } from './local-path.ts';
import type { GlobalFlags } from './flags.ts';
import type { World } from './world.ts';

/** The configuration file that `-c`, `ONEDRIVE_CONFIG` or the usual places name. */
export async function openConfigFile(flags: GlobalFlags, world: World): Promise<ConfigFile> {
  const { fs, random, cwd, env, home, platform } = world;
  const flag = flags.config ?? setting(env['ONEDRIVE_CONFIG']);
  const { path } = await locateConfig({ fs, cwd, env, home, platform, flag });
  const lock = fileLock(pathOf(world).join(userFolders(world).state, 'locks'));
  return configFile({ path, fs, lock, random, modes: platform !== 'win32' });
}

/** The profile to use. @throws OneDriveError `config` naming the profiles that there are. */
export function chooseProfile(config: Config, flags: GlobalFlags, world: World): Profile {
  return selectProfile(config, flags.profile ?? setting(world.env['ONEDRIVE_PROFILE']));
}

/** The addresses of a profile, with what the environment replaces. @throws OneDriveError `config`. */
export function endpointsOf(profile: Profile, world: World): Endpoints {
  return resolveEndpoints({
    cloud: profile.cloud,
    tenant: profile.tenant,
    authority: profile.endpoints.authority,
    graph: setting(world.env['ONEDRIVE_GRAPH_URL']) ?? profile.endpoints.graph,
  });
}

/** An empty variable counts as one that is not set. */
export function setting(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
