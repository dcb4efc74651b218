/** Removes a sign-in from this machine: its tokens, and the key that they are encrypted with. */
import { type Profile, profilePath, sealName } from 'onedrive-kit/config';
import type { Context } from '../context.ts';
import { credentialWorld } from '../session/account.ts';
import { hasSecrets } from './secret-location.ts';

/** The keys that a sign-in stores in the section `auth`. */
const storedKeys = [
  'sealed',
  'refresh_token',
  'access_token',
  'access_expires',
  'code',
  'username',
  'name',
  'tenant',
  'granted',
];

/** Removes the sign-in of a profile; the rest of the profile is kept. */
export async function forgetSignIn(context: Context, profile: Profile): Promise<void> {
  if (!hasSecrets(profile.session)) return;
  const file = await context.configFile();
  const { lock, lockName } = credentialWorld(file, profile, await context.transport(), context);
  const release = await lock.acquire(lockName, { signal: context.signal });
  try {
    const section = [...profilePath(profile.name), 'auth'];
    await file.change(storedKeys.map((key) => ({ path: [...section, key], value: undefined })));
    const keys = profile.session.sealed === undefined ? undefined : await context.keyStore?.();
    // A failure is ignored: the key is useless without the encrypted tokens, which have been removed.
    await keys?.delete(sealName(file.path, profile.name)).catch(() => undefined);
  } finally {
    await release();
  }
}
