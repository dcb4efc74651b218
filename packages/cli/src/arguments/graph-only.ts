/** The client of Microsoft Graph, for commands that another wire has nothing for. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { GraphClient } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';

/**
 * @param what finishes "… has no": `sites`.
 * @throws OneDriveError `not-supported` over Live v5.0.
 */
export async function graphOnly(context: Context, what: string): Promise<GraphClient> {
  if ((await context.live()) === undefined) return context.client();
  throw new OneDriveError('not-supported', `The Live v5.0 API has no ${what}.`, {
    hint: 'Use a profile that speaks Microsoft Graph.',
  });
}
