/** Errors of the local file system, in plain words. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';

const reasons: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  EACCES: ['permission denied', 'Check its permissions.'],
  EBUSY: ['it is in use'],
  EDQUOT: ['your disk quota is used up', 'Free some space.'],
  EEXIST: ['it exists already'],
  EFBIG: ['it would be larger than the file system allows'],
  EIO: ['the disk reports an error', 'Check the disk.'],
  EISDIR: ['it is a folder', 'Name a file.'],
  ELOOP: ['its symbolic links form a loop'],
  EMFILE: ['too many files are open'],
  ENAMETOOLONG: ['the name is too long'],
  ENOENT: ['no such file or folder', 'Check the spelling.'],
  ENOSPC: ['no space is left on the device', 'Free some space.'],
  ENOTDIR: ['a part of the path is not a folder'],
  EPERM: ['the operation is not permitted'],
  EROFS: ['the file system is read-only', 'Choose another folder.'],
};

/** Converts an error of the file system to OneDriveError `local-file`; returns any other error unchanged. */
export function localError(error: unknown, verb: string, path: string): unknown {
  if (!(error instanceof Error) || isOneDriveError(error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const entry = code === undefined ? undefined : reasons[code];
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  const [reason, hint] = entry ?? [`the system reported ${code}`];
  return new OneDriveError('local-file', `Could not ${verb} ${path}: ${reason}.`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
