/** The error if no application is configured. The program includes none, because the owner is responsible for its use. */
import { OneDriveError } from 'onedrive-kit/errors';

const page = 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade';

/** @param configPath of the file that the id goes to. */
export function registrationGuide(configPath: string): OneDriveError {
  return new OneDriveError(
    'config',
    'No application id is configured, and this program does not include one.',
    {
      hint: [
        `1. Register an application at ${page} and select the account types that can use it (include personal accounts if yours is one).`,
        '2. There, under Authentication, add the platform "Mobile and desktop applications" with the redirect address http://localhost, and allow public client flows.',
        `3. Run: onedrive-cli auth --client-id APPLICATION-ID (stored as client.id in ${configPath})`,
        'For detailed steps, scripts, and a letter to your IT department, run: onedrive-cli auth register',
      ].join('\n'),
    },
  );
}
