/** Whose drive it is: the configuration file, the profile in it, and what signing in with that profile works with. */
import { type CredentialWorld, resolveEndpoints } from '../auth/index.ts';
import {
  type Config,
  type ConfigFile,
  configFile,
  type LayerInput,
  locateConfig,
  nameForLock,
  overridesOf,
  type Profile,
  profileSessions,
  selectProfile,
  userFolders,
  withOverrides,
} from '../config/index.ts';
import type { Transport } from '../http/transport.ts';
import type { Lock } from '../platform/lock.ts';
import { fileLock } from '../platform/node/file-lock.ts';
import { chosenApi } from './chosen-api.ts';
import type { GlobalFlags } from './flags.ts';
import { pathOf } from './local-path.ts';
import { setting } from './setting.ts';
import type { World } from './world.ts';

/** The configuration file that `-c`, `ONEDRIVE_CONFIG` or the usual places name. */
export async function openConfigFile(flags: GlobalFlags, world: World): Promise<ConfigFile> {
  const { fs, cwd, env, home, platform } = world;
  const flag = flags.config ?? setting(env['ONEDRIVE_CONFIG']);
  const { path } = await locateConfig({ fs, cwd, env, home, platform, flag });
  return configFile({ path, fs, lock: lockOf(world), modes: platform !== 'win32' });
}

/** The profile to use, with the addresses that the environment replaces. @throws OneDriveError `config`. */
export function chooseProfile(config: Config, flags: GlobalFlags, world: World): Profile {
  const profile = selectProfile(config, flags.profile ?? setting(world.env['ONEDRIVE_PROFILE']));
  const { graph, live } = profile.endpoints;
  const endpoints = {
    ...profile.endpoints,
    graph: setting(world.env['ONEDRIVE_GRAPH_URL']) ?? graph,
    live: setting(world.env['ONEDRIVE_LIVE_URL']) ?? live,
  };
  return { ...profile, api: chosenApi(flags, world) ?? profile.api, endpoints };
}

/** Where the Graph of a profile is, without a trailing slash. @throws OneDriveError `config`. */
export function graphUrlOf({ cloud, tenant, endpoints }: Profile): string {
  return resolveEndpoints({ cloud, tenant, ...endpoints }).graphBaseUrl;
}

/** What a credential of the profile works with. */
export function credentialWorld(
  file: ConfigFile,
  profile: Profile,
  transport: Transport,
  world: World,
): CredentialWorld {
  return {
    sessions: profileSessions(file, profile.name, { keys: world.keyStore }),
    transport,
    clock: world.clock,
    lock: lockOf(world),
    lockName: nameForLock('sign-in', `${file.path}#${profile.name}`),
  };
}

/** Locks between all processes of this user. */
export function lockOf(world: World): Lock {
  return fileLock(pathOf(world).join(userFolders(world).state, 'locks'));
}
