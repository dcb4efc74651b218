/**
 * Paths of a drive as people type them: `/a/b` and `a/b` mean the same, empty and dot segments are worked out here,
 * because a URL parser between us and the service would work them out in its own way. Pure.
 */
import { OneDriveError } from '../../errors/index.ts';

/**
 * The names of a path, [] for the root.
 * @throws OneDriveError `invalid-name` when `..` leads above the root.
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

/** Names as a path with a leading slash. */
export function formatPath(names: readonly string[]): string {
  return `/${names.join('/')}`;
}

/** Text in its one normal form: `/a/b`. Throws as {@link parsePath}. */
export function normalisePath(text: string): string {
  return formatPath(parsePath(text));
}
