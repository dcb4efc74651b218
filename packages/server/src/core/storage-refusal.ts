/**
 * What a client is told when the data folder cannot be read or written. The service has no such answers: 507 is what
 * it sends when there is no space, and 422 is an answer that no client repeats, because damage does not heal.
 */

import { StorageError } from '../storage/storage-error.ts';
import { ServiceError } from './service-error.ts';

/** Undefined for errors that do not come from the storage. */
export function storageRefusal(error: unknown): ServiceError | undefined {
  if (!(error instanceof StorageError)) return undefined;
  const { message } = error;
  switch (error.code) {
    case 'full':
      return new ServiceError(507, 'quotaLimitReached', message, { inner: ['localDiskFull'] });
    case 'read-only':
      return new ServiceError(403, 'accessDenied', message, { inner: ['localFolderReadOnly'] });
    case 'damaged':
    case 'foreign':
    case 'incomplete':
    case 'newer-format':
      return new ServiceError(422, 'generalException', message, { inner: ['damagedContent'] });
    case 'io':
      return new ServiceError(422, 'generalException', message, { inner: ['localDiskError'] });
  }
}
