/** What the local file system refused, in words. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';

const reasons: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  EACCES: ['permission denied', 'Check who may read and write there.'],
  EBUSY: ['it is in use'],
  EDQUOT: ['your disk quota is used up', 'Free some space.'],
  EEXIST: ['it exists already'],
  EFBIG: ['it would be larger than the file system allows'],
  EIO: ['the disk reports an error', 'Check the disk.'],
  EISDIR: ['it is a folder', 'Name a file.'],
  ELOOP: ['its symbolic links go in circles'],
  EMFILE: ['too many files are open'],
  ENAMETOOLONG: ['the name is too long'],
  ENOENT: ['no such file or folder', 'Check the spelling.'],
  ENOSPC: ['no space is left on the device', 'Free some space.'],
  ENOTDIR: ['a part of the path is not a folder'],
  EPERM: ['the operation is not permitted'],
  EROFS: ['the place is read-only', 'Choose another place.'],
};

/** An error of the file system as OneDriveError `local-file`; any other error as it is. */
export function localError(error: unknown, verb: string, path: string): unknown {
  if (!(error instanceof Error) || isOneDriveError(error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const known = code === undefined ? undefined : reasons[code];
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  const [reason, hint] = known ?? [`the system answered ${code}`];
  return new OneDriveError('local-file', `Could not ${verb} ${path}: ${reason}.`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
