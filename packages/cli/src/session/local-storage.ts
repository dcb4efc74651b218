/** Opens the folder of an embedded drive, with error messages for users. */

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

/** Runs `open`, which opens the drive in `folder`. @throws OneDriveError like {@link localStorage}. */
export async function openingLocal<T>(folder: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw toUserError(error, folder);
  }
}

/**
 * Runs `work` on a drive that is open. @throws OneDriveError `local-file`, `integrity` or `quota` for a failure of its
 * folder; any other error unchanged.
 */
export async function onOpenStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StorageError ? storageError(error) : error;
  }
}

function storageError(error: StorageError): OneDriveError {
  const hint = error.hint ?? 'Use another folder: --data DIR';
  return new OneDriveError(codes[error.code] ?? 'local-file', error.message, { cause: error, hint });
}

function toUserError(error: unknown, folder: string): OneDriveError {
  if (isOneDriveError(error)) return error;
  if (error instanceof StorageError) return storageError(error);
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
    return new OneDriveError('local-file', `Could not open the drive in ${folder}: not a folder.`, {
      cause: error,
      hint: 'Use a folder: --data DIR',
    });
  const systemError = localError(error, 'open the drive in', folder);
  if (isOneDriveError(systemError)) return systemError;
  const reason = error instanceof Error ? error.message : String(error);
  return new OneDriveError('local-file', `Could not open the drive in ${folder}: ${reason}.`, {
    cause: error,
    hint: 'Use another folder: --data DIR',
  });
}
