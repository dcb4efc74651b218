/** The client of commands that only the Microsoft Graph API supports. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { GraphClient } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';

/**
 * @param what completes the message "The Live v5.0 API has no …", such as `sites`.
 * @throws OneDriveError `not-supported` over Live v5.0.
 */
export async function graphOnly(context: Context, what: string): Promise<GraphClient> {
  if ((await context.live()) === undefined) return context.client();
  throw new OneDriveError('not-supported', `The Live v5.0 API has no ${what}.`, {
    hint: 'Use a profile for the Microsoft Graph API: --profile NAME, or --api graph.',
  });
}
