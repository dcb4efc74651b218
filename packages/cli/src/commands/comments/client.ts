/** The client of the comment commands: Live v5.0 has comments, Microsoft Graph does not. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { LiveClient } from 'onedrive-kit/live';
import type { Context } from '../../context.ts';
import { chosenApi } from '../../session/chosen-api.ts';

/** Graph v1.0 has no comments on a driveItem (https://learn.microsoft.com/graph/api/resources/driveitem). */
function noComments(): OneDriveError {
  return new OneDriveError('not-supported', 'The Microsoft Graph API has no comments on drive items.', {
    hint: 'Use --api live-v5, or set a description: onedrive-cli info set OBJECT \'{"description": "…"}\'',
  });
}

/** The Live v5.0 client. Over Graph it opens and sends nothing. @throws OneDriveError `not-supported`. */
export async function liveForComments(context: Context): Promise<LiveClient> {
  if (!(await usesLive(context))) throw noComments();
  const live = await context.live();
  if (live === undefined) throw noComments();
  return live;
}

async function usesLive(context: Context): Promise<boolean> {
  const chosen = chosenApi(context.flags, context);
  if (chosen !== undefined || context.flags.local) return chosen === 'live-v5';
  return (await context.profile()).api === 'live-v5';
}

/** The id of a typed object. */
export async function objectId(context: Context, object: string): Promise<string> {
  const drive = await context.drive();
  return (await drive.stat(object, context.call)).id;
}
