/** Opens the folder of an embedded drive, and says in words when that cannot be done. */
import { localError } from '../../drive/transfer/local-error.ts';
import { isOneDriveError, OneDriveError } from '../../errors/onedrive-error.ts';
import { directoryStorage } from '../../server/storage/directory/directory-storage.ts';
import type { Storage } from '../../server/storage/storage.ts';

/** @throws OneDriveError `local-file`. */
export async function localStorage(folder: string): Promise<Storage> {
  try {
    return await directoryStorage(folder);
  } catch (error) {
    const known = localError(error, 'open the drive in', folder);
    if (isOneDriveError(known)) throw known;
    const why = error instanceof Error ? error.message : String(error);
    throw new OneDriveError('local-file', `Could not open the drive in ${folder}: ${why}.`, {
      cause: error,
      hint: 'Name another folder with --data.',
    });
  }
}
