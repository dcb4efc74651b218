/**
 * Error responses when the data folder cannot be read or written. The service has no such responses. 507 is what it sends
 * when there is no space; 422 is a status that clients do not retry, because retrying cannot repair damage.
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
