/** The API with its tokens kept in the configuration file. Default: `~/.lcrc`. */
import { platform } from 'node:os';
import { resolve } from 'node:path';
import type { SessionStore } from '../auth/index.ts';
import { type ConfigFile, configFile, profileSessions, selectProfile, userFolders } from '../config/index.ts';
import { homeFolder } from '../platform/node/home-folder.ts';
import { fileLock, nodeFileSystem } from '../platform/node/index.ts';
import { OneDriveAPI } from './api.ts';
import type { OneDriveConfig } from './auth.ts';

/** Options of {@link PersistentOneDriveAPI.fromConf} besides the path. */
export interface ConfOptions extends OneDriveConfig {
  /** A profile of the file. Default: the file's default profile. */
  readonly profile?: string | undefined;
}

/** Keeps tokens: renewed tokens are saved to the file before they are used. */
export class PersistentOneDriveAPI extends OneDriveAPI {
  /** The default file of {@link fromConf}. */
  static confPathDefault = '~/.lcrc';

  /** The file for updates; if undefined, nothing is saved. */
  confSave: string | undefined;
  #sessions: SessionStore | undefined;

  /**
   * Creates a client from a configuration file. @param path `~` is the home folder.
   * @throws OneDriveError `config` with file, line and what was expected.
   */
  static async fromConf(
    path: string = PersistentOneDriveAPI.confPathDefault,
    { profile: name, ...overrides }: ConfOptions = {},
  ): Promise<PersistentOneDriveAPI> {
    const file = openFile(path);
    const profile = selectProfile(await file.load(), name);
    const sessions = profileSessions(file, profile.name);
    const { refreshToken, accessToken, code, expiresAt } = await sessions.read();
    const { baseHeaders, timeoutMs, poolSize } = profile.request;
    const api = new PersistentOneDriveAPI({
      clientId: profile.client.id,
      clientSecret: profile.client.secret,
      authRefreshToken: refreshToken,
      authAccessToken: accessToken,
      authCode: code,
      authAccessExpires: expiresAt === undefined ? undefined : new Date(expiresAt),
      authScope: profile.scopes,
      requestBaseHeaders: baseHeaders,
      requestExtraKeywords: timeoutMs === undefined ? undefined : { timeout: timeoutMs / 1000 },
      requestAdapterSettings: poolSize === undefined ? undefined : { poolMaxsize: poolSize },
      server: profile.endpoints.live,
      ...overrides,
    });
    api.confSave = file.path;
    api.#sessions = sessions;
    return api;
  }

  override async authGetToken(checkScope = true): Promise<readonly string[]> {
    try {
      return await super.authGetToken(checkScope);
    } finally {
      // Also if other scopes were granted than requested: the tokens are new, and the old ones may no
      // longer be valid.
      await this.sync();
    }
  }

  /** Writes the tokens to the file; the rest of it stays unchanged. */
  async sync(): Promise<void> {
    if (this.confSave === undefined || this.#sessions === undefined) return;
    const before = await this.#sessions.read();
    await this.#sessions.save({
      ...before,
      accessToken: this.authAccessToken,
      refreshToken: this.authRefreshToken,
      expiresAt: this.authAccessExpires?.getTime(),
    });
  }
}

function openFile(path: string): ConfigFile {
  const home = homeFolder();
  const absolute = resolve(path.replace(/^~(?=$|[\\/])/, home));
  const { state } = userFolders({ env: {}, home, platform: platform() });
  const lock = fileLock(`${state}/locks`);
  return configFile({ path: absolute, fs: nodeFileSystem, lock, modes: platform() !== 'win32' });
}
