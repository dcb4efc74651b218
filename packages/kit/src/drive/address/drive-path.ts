/**
 * Paths of a drive as users type them: `/a/b` and `a/b` mean the same. Empty segments and dot segments are
 * resolved here, because a URL parser would resolve them in its own way. Pure.
 */
import { OneDriveError } from '../../errors/index.ts';

/**
 * The names of a path, [] for the root.
 * @throws OneDriveError `invalid-name` if `..` leads above the root.
 */
export function parsePath(text: string): string[] {
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) {
      throw new OneDriveError(
        'invalid-name',
        `The path ${JSON.stringify(text)} leads above the root of the drive.`,
        {
          hint: 'Paths start at the root of the drive, with or without a leading slash.',
        },
      );
    }
  }
  return names;
}

/** Formats names as a path with a leading slash. */
export function formatPath(names: readonly string[]): string {
  return `/${names.join('/')}`;
}

/** Normalizes a path: `/a/b`. Throws like {@link parsePath}. */
export function normalisePath(text: string): string {
  return formatPath(parsePath(text));
}
