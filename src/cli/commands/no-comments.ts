/** What the three comment commands say until a drive is reached over an API that has comments. */
import { OneDriveError } from '../../errors/onedrive-error.ts';

/** The refusal: Graph v1.0 documents no comments on a driveItem (https://learn.microsoft.com/graph/api/resources/driveitem). */
export function noComments(): OneDriveError {
  return new OneDriveError('not-supported', 'Microsoft Graph offers no comments on drive items.', {
    hint: 'A description is what comes nearest: onedrive-cli info_set OBJECT \'{"description": "…"}\'',
  });
}
