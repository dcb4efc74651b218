/** Errors about the token that a user gave for a delta: refused as malformed, or too old. */
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';

/** Runs calls with a token of the user. @throws OneDriveError `usage` if the service refuses the token, `resync` if it is too old. */
export async function withToken<T>(token: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw tokenError(token, error);
  }
}

function tokenError(token: string | undefined, error: unknown): unknown {
  if (!isOneDriveError(error)) return error;
  if (error.code === 'resync')
    return new OneDriveError('resync', error.message, {
      hint: 'List everything again: onedrive-cli delta without --token. For a token of the current state: onedrive-cli delta --token latest',
      cause: error,
    });
  if (token === undefined) return error;
  if (error.code === 'usage')
    return new OneDriveError('usage', `Invalid --token: ${error.message}`, {
      hint: error.hintSentences,
      cause: error,
    });
  if (error.code !== 'invalid-request') return error;
  return new OneDriveError('usage', `The service refuses the value of --token: ${error.message}`, {
    hint: 'Pass the token that delta printed last, unchanged, or: --token latest',
    cause: error,
  });
}
