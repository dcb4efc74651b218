/** What every command says when there is no account to use. The embedded drive is never chosen silently. */
import { OneDriveError } from 'onedrive-kit/errors';

/** @param path of the configuration file. */
export function nobodySignedIn(path: string, profile: string): OneDriveError {
  const whose = profile === 'default' ? '' : ` for the profile ${profile}`;
  return new OneDriveError(
    'auth-required',
    `No account is configured: there is no sign-in${whose} in ${path}.`,
    {
      hint: 'Sign in with: onedrive-cli auth\nOr use a drive of this machine, with no account: add --local',
    },
  );
}
