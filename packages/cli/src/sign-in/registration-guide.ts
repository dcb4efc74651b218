/** What to do when no application is configured. None is shipped: who registers one answers for its use. */
import { OneDriveError } from 'onedrive-kit/errors';

const page = 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade';

/** @param configPath of the file that the id goes to. */
export function registrationGuide(configPath: string): OneDriveError {
  return new OneDriveError('config', 'No application is configured, and none comes with this program.', {
    hint: [
      `1. Register one at ${page} and say which accounts may use it (personal ones too, if yours is one).`,
      '2. There, under Authentication, add "Mobile and desktop applications" with the redirect address http://localhost and allow public client flows.',
      `3. Run: onedrive-cli auth --client-id APPLICATION-ID (it is kept as client.id in ${configPath})`,
      'Step by step, with scripts and a letter for IT: onedrive-cli auth register',
    ].join('\n'),
  });
}
