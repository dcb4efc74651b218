/** The warning about a configuration file with secrets that every user of the machine can read. */
import type { FileSystem } from '../platform/file-system.ts';
import type { Profile } from './types.ts';

/** One line, or undefined if no other user can read the file or it contains no secret. */
export async function exposureWarning(
  fs: FileSystem,
  path: string,
  profiles: readonly Profile[],
): Promise<string | undefined> {
  const { mode } = await fs.stat(path);
  if ((mode & 0o004) === 0) return undefined;
  const secrets = secretNames(profiles);
  if (secrets.length === 0) return undefined;
  return `${path} is readable by all users and contains ${secrets.join(' and ')}. Run: chmod 600 ${path}`;
}

function secretNames(profiles: readonly Profile[]): string[] {
  const names = [
    profiles.some(({ client }) => client.secret) ? 'a client secret' : undefined,
    profiles.some(({ session }) => session.refreshToken ?? session.accessToken ?? session.code)
      ? 'a sign-in'
      : undefined,
  ];
  return names.filter((name) => name !== undefined);
}
