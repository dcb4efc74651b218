/** Keeps the session of one profile in the `auth` section of the configuration file, with the keys of the older tool. */
import type { SessionStore, SignInSession } from '../auth/session-store.ts';
import type { ConfigFile } from './config-file.ts';
import type { YamlChange } from './edit-yaml.ts';
import { profilePath } from './profile-path.ts';

/**
 * The session of profile `name` in `file`; the profile is made by the first `save`.
 * @param settings further changes that go into the file with every `save`, in one piece.
 */
export function profileSessions(
  file: ConfigFile,
  name: string,
  settings: readonly YamlChange[] = [],
): SessionStore {
  return {
    read: async () => {
      const { profiles } = await file.load();
      return profiles.find((profile) => profile.name === name)?.session ?? {};
    },
    save: (session) => file.change([...settings, ...sessionChanges(name, session)]),
  };
}

/** The changes that make `auth` of profile `name` say `session`; `access_expires` is in seconds, as the older tool wrote it. */
function sessionChanges(name: string, session: SignInSession): YamlChange[] {
  const at = (key: string): string[] => [...profilePath(name), 'auth', key];
  return [
    { path: at('refresh_token'), value: session.refreshToken },
    {
      path: at('access_expires'),
      value: session.expiresAt === undefined ? undefined : session.expiresAt / 1000,
    },
    { path: at('access_token'), value: session.accessToken },
    { path: at('code'), value: session.code },
  ];
}
