/**
 * Keeps the session of a profile in the `auth` section of the configuration file, with the keys of the older
 * tool; the tokens in plain text, or encrypted with a key in the system's keychain.
 */
import type { SessionStore, SignInSession } from '../auth/session-store.ts';
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { KeyStore } from '../platform/key-store.ts';
import type { ConfigFile } from './config-file.ts';
import { nameForLock } from './lock-name.ts';
import { profilePath } from './profile-path.ts';
import { seal, unseal } from './seal.ts';
import type { YamlChange } from './yaml-change.ts';

export interface ProfileSessionsOptions {
  /** Further changes that are saved to the file together with every `save`. */
  readonly settings?: readonly YamlChange[] | undefined;
  /** Opens the system's keychain when it is needed. */
  readonly keys?: (() => Promise<KeyStore | undefined>) | undefined;
  /** `as-is` keeps encrypted tokens encrypted and plain tokens plain. Default. */
  readonly form?: 'as-is' | 'sealed' | 'plain' | undefined;
}

/** The session of profile `name` in `file`; the first `save` creates the profile. */
export function profileSessions(
  file: ConfigFile,
  name: string,
  { settings = [], keys = async () => undefined, form = 'as-is' }: ProfileSessionsOptions = {},
): SessionStore {
  const keyName = sealName(file.path, name);
  const written = async (): Promise<SignInSession> => {
    const { profiles } = await file.load();
    return profiles.find((profile) => profile.name === name)?.session ?? {};
  };
  const isSealed = async (): Promise<boolean> =>
    form === 'as-is' ? (await written()).sealed !== undefined : form === 'sealed';
  return {
    read: async () => {
      const session = await written();
      if (session.sealed === undefined) return session;
      return { ...session, ...parseTokens(await unseal(await keys(), keyName, session.sealed)) };
    },
    save: async (session) => {
      const sealed = (await isSealed()) ? await sealTokens(await keys(), keyName, session) : undefined;
      await file.change([...settings, ...sessionChanges(name, session, sealed)]);
    },
  };
}

/** The name of a profile's key in the keychain. */
export function sealName(configPath: string, profile: string): string {
  return nameForLock('sign-in', `${configPath}#${profile}`);
}

async function sealTokens(
  keys: KeyStore | undefined,
  name: string,
  { refreshToken, accessToken }: SignInSession,
): Promise<string> {
  if (!keys) throw noKeyStore();
  try {
    return await seal(keys, name, JSON.stringify({ refreshToken, accessToken }));
  } catch (error) {
    throw noKeyStore(error);
  }
}

function noKeyStore(cause?: unknown): OneDriveError {
  return new OneDriveError('local-file', 'The keychain of the system cannot be used to store the sign-in.', {
    cause,
    hint: ['Unlock it, or set `secrets: file` in the configuration to use none.', signInAgain],
  });
}

function parseTokens(text: string): Pick<SignInSession, 'refreshToken' | 'accessToken'> {
  const { refreshToken, accessToken } = JSON.parse(text) as Record<string, unknown>;
  const texts = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { refreshToken: texts(refreshToken), accessToken: texts(accessToken) };
}

/**
 * The changes that set `auth` of profile `name` to `session`; `access_expires` is in seconds, as the older
 * tool wrote it.
 */
function sessionChanges(name: string, session: SignInSession, sealed: string | undefined): YamlChange[] {
  const at = (key: string): string[] => [...profilePath(name), 'auth', key];
  const plain = sealed === undefined;
  return [
    { path: at('sealed'), value: sealed },
    { path: at('refresh_token'), value: plain ? session.refreshToken : undefined },
    {
      path: at('access_expires'),
      value: session.expiresAt === undefined ? undefined : session.expiresAt / 1000,
    },
    { path: at('access_token'), value: plain ? session.accessToken : undefined },
    { path: at('code'), value: session.code },
    { path: at('username'), value: session.account?.username },
    { path: at('name'), value: session.account?.name },
    { path: at('tenant'), value: session.account?.tenantId },
    { path: at('granted'), value: session.scopes },
  ];
}
