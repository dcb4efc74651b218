/** The home folder of the user, as an absolute path. */
import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/**
 * `HOME`, or the home folder in the user database where that is empty or relative: files of the current folder must
 * never be taken for those of the user.
 * @returns `/nonexistent` where there is none.
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
      // The user is in no database.
    }
  }
  return '/nonexistent';
}
