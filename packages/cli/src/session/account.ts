/** Opens the configuration file, selects the profile, and provides the dependencies of its credential. */
import { type CredentialWorld, resolveEndpoints } from 'onedrive-kit/auth';
import {
  type Config,
  type ConfigFile,
  configFile,
  emptyProfile,
  type LayerInput,
  locateConfig,
  nameForLock,
  overridesOf,
  type Profile,
  profileSessions,
  selectProfile,
  userFolders,
  withOverrides,
} from 'onedrive-kit/config';
import type { Transport } from 'onedrive-kit/http';
import type { Lock } from 'onedrive-kit/platform';
import { fileLock } from 'onedrive-kit/platform/node';
import { pathOf } from '../arguments/local-path.ts';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { blockedLockNotice } from './blocked-lock.ts';
import { setting } from './setting.ts';

/** The configuration file: from `-c`, `ONEDRIVE_CONFIG` or a default location. */
export async function openConfigFile(flags: GlobalFlags, world: World): Promise<ConfigFile> {
  const { fs, cwd, env, home, platform } = world;
  const flag = flags.config ?? setting(env['ONEDRIVE_CONFIG']);
  const { path } = await locateConfig({ fs, cwd, env, home, platform, flag });
  return configFile({ path, fs, lock: lockOf(world), modes: platform !== 'win32' });
}

/** The profile to use, with overrides from flags and environment. @throws OneDriveError `config`. */
export function chooseProfile(config: Config, flags: GlobalFlags, world: World): Profile {
  return layered(selectProfile(config, profileName(flags, world)), flags, world);
}

/** Like {@link chooseProfile}, but the profile need not exist yet. @throws OneDriveError `config`. */
export function existingOrNewProfile(config: Config, flags: GlobalFlags, world: World): Profile {
  const name = profileName(flags, world) ?? config.defaultProfile;
  const existing = config.profiles.find((profile) => profile.name === name);
  return layered(existing ?? emptyProfile(name, config), flags, world);
}

/** The profile name from the command line or the environment. */
function profileName(flags: GlobalFlags, world: World): string | undefined {
  return flags.profile ?? setting(world.env['ONEDRIVE_PROFILE']);
}

/** `profile` with overrides from flags and environment. @throws OneDriveError `config`. */
export function layered(profile: Profile, flags: GlobalFlags, world: World): Profile {
  return withOverrides(profile, overridesOf(layersOf(flags, world)));
}

/** The sources of settings that override the file. */
export function layersOf(flags: GlobalFlags, world: World): LayerInput {
  return {
    env: world.env,
    flags: {
      api: flags.api,
      'read-only': flags.readOnly ? 'true' : undefined,
      'ca-cert': flags.caCert,
      timeout: flags.timeout,
    },
  };
}

/** The base URL of Graph for a profile, without a trailing slash. @throws OneDriveError `config`. */
export function graphUrlOf({ cloud, tenant, endpoints }: Profile): string {
  return resolveEndpoints({ cloud, tenant, ...endpoints }).graphBaseUrl;
}

/** The dependencies of the profile's credential. */
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

/** Locks that are shared by all processes of this user. */
export function lockOf(world: World): Lock {
  return fileLock(pathOf(world).join(userFolders(world).state, 'locks'), {
    onBlocked: blockedLockNotice(world),
  });
}
