/** The error of every command without a signed-in account. The embedded drive is never used silently instead. */
import { OneDriveError } from 'onedrive-kit/errors';

/** @param path of the configuration file. */
export function notSignedIn(path: string, profile: string): OneDriveError {
  const name = profile === 'default' ? '' : `Profile "${profile}" is not signed in: `;
  return new OneDriveError(
    'auth-required',
    `${name === '' ? 'You are not signed in: ' : name}${path} contains no sign-in.`,
    {
      hint: 'To sign in, run: onedrive-cli auth\nTo use a drive on this machine without an account, add --local',
    },
  );
}
