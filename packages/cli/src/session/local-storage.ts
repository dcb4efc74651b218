/** Opens the folder of an embedded drive, and explains in words why that cannot be done. */

import type { Storage } from '@onedrive-kit/server';
import { directoryStorage } from '@onedrive-kit/server';
import { StorageError, type StorageErrorCode } from '@onedrive-kit/server/internal/storage/storage-error';
import type { ErrorCode } from 'onedrive-kit/errors';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';

const codes: Partial<Record<StorageErrorCode, ErrorCode>> = { damaged: 'integrity', full: 'quota' };

/** @throws OneDriveError `local-file`, `integrity` for damage, `quota` for a full disk. */
export async function localStorage(folder: string): Promise<Storage> {
  return openingLocal(folder, () => directoryStorage(folder));
}

/** Runs `open`, which reads the drive in `folder`. @throws OneDriveError as {@link localStorage}. */
export async function openingLocal<T>(folder: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw explained(error, folder);
  }
}

function explained(error: unknown, folder: string): OneDriveError {
  if (isOneDriveError(error)) return error;
  if (error instanceof StorageError) {
    const hint = error.hint ?? 'Name another folder with --data.';
    return new OneDriveError(codes[error.code] ?? 'local-file', error.message, { cause: error, hint });
  }
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
    return new OneDriveError('local-file', `Could not open the drive in ${folder}: it is not a folder.`, {
      cause: error,
      hint: 'Name a folder with --data.',
    });
  const known = localError(error, 'open the drive in', folder);
  if (isOneDriveError(known)) return known;
  const why = error instanceof Error ? error.message : String(error);
  return new OneDriveError('local-file', `Could not open the drive in ${folder}: ${why}.`, {
    cause: error,
    hint: 'Name another folder with --data.',
  });
}
