/** Reports items that the service lists, but not below any folder of the drive: no listing of folders can show them. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { report } from '../errors.ts';
import { countText } from '../output/count-text.ts';

/** Collects such items of several listings. */
export interface UnplacedItems {
  /** For the options of a listing. */
  readonly onUnplaced: (items: readonly DriveItem[]) => void;
  /** Writes how many there are to stderr, with a few names. @returns the exit status. */
  report(): Promise<number>;
}

/** Number of names in the message. */
const namesShown = 3;

export function unplacedItems({ flags, streams }: Pick<Context, 'flags' | 'streams'>): UnplacedItems {
  const names: string[] = [];
  let count = 0;
  return {
    onUnplaced(items) {
      count += items.length;
      names.push(...items.slice(0, namesShown - names.length).map(({ name, id }) => name || id));
    },
    async report() {
      if (count === 0) return exitCodes.ok;
      await streams.stderr.write(report(incomplete(count, names), flags).text);
      return exitCodes.incomplete;
    },
  };
}

function incomplete(count: number, names: readonly string[]): OneDriveError {
  const list = names.map((name) => `"${name}"`).join(', ');
  const more = count > names.length ? ', …' : '';
  return new OneDriveError(
    'incomplete',
    `The list is incomplete: the service puts ${countText(count, 'item')} into folders that do not exist or that contain themselves: ${list}${more}`,
    { hint: 'Run the command again. `onedrive-cli delta` prints these items as the service reports them.' },
  );
}
