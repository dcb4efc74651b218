/** The home folder of the user, as an absolute path. */
import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/**
 * `HOME`, or the home folder in the user database if that is empty or relative: files of the current folder
 * must never be used as those of the user.
 * @returns `/nonexistent` if there is none.
 */
export function homeFolder({
  named = homedir,
  listed = () => userInfo().homedir,
}: {
  readonly named?: () => string;
  readonly listed?: () => string;
} = {}): string {
  for (const source of [named, listed]) {
    try {
      const folder = source();
      if (isAbsolute(folder)) return folder;
    } catch {
      // The user is not in the database.
    }
  }
  return '/nonexistent';
}
