/** Takes a sign-in away from this machine: its tokens, and the key that they were encrypted with. */
import { type Profile, profilePath, sealName } from 'onedrive-kit/config';
import type { Context } from '../context.ts';
import { credentialWorld } from '../session/account.ts';
import { keepsSecrets } from './secret-location.ts';

const kept = [
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

/** Forgets what `auth` kept for a profile; everything else of the profile stays. */
export async function forgetSignIn(context: Context, profile: Profile): Promise<void> {
  if (!keepsSecrets(profile.session)) return;
  const file = await context.configFile();
  const { lock, lockName } = credentialWorld(file, profile, await context.transport(), context);
  const release = await lock.acquire(lockName, { signal: context.signal });
  try {
    const section = [...profilePath(profile.name), 'auth'];
    await file.change(kept.map((key) => ({ path: [...section, key], value: undefined })));
    const keys = profile.session.sealed === undefined ? undefined : await context.keyStore?.();
    // The text that it opened is gone; a store that is locked now keeps a key to nothing.
    await keys?.delete(sealName(file.path, profile.name)).catch(() => undefined);
  } finally {
    await release();
  }
}
