/** The comment commands over each wire: Live v5.0 has comments, Microsoft Graph has none. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { LiveClient } from 'onedrive-kit/live';
import type { Context } from '../context.ts';
import { chosenApi } from '../session/chosen-api.ts';

/** The refusal: Graph v1.0 documents no comments on a driveItem (https://learn.microsoft.com/graph/api/resources/driveitem). */
function noComments(): OneDriveError {
  return new OneDriveError('not-supported', 'Microsoft Graph offers no comments on drive items.', {
    hint: 'A description is what comes nearest: onedrive-cli info_set OBJECT \'{"description": "…"}\'',
  });
}

/** The wire that has comments. Over Graph nothing is opened or sent. @throws OneDriveError `not-supported`. */
export async function liveForComments(context: Context): Promise<LiveClient> {
  if (!(await speaksLive(context))) throw noComments();
  const live = await context.live();
  if (live === undefined) throw noComments();
  return live;
}

async function speaksLive(context: Context): Promise<boolean> {
  const chosen = chosenApi(context.flags, context);
  if (chosen !== undefined || context.flags.local) return chosen === 'live-v5';
  return (await context.profile()).api === 'live-v5';
}

/** The id of the object that was typed. */
export async function objectId(context: Context, object: string): Promise<string> {
  const drive = await context.drive();
  return (await drive.stat(object, context.call)).id;
}
