/** Copies items within the service: starts the copy, polls the monitor, and returns the new item. */
import { OneDriveError } from '../../errors/index.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import { itemPathOf } from '../address/item-path.ts';
import { resolve, type Target } from '../address/target.ts';
import { itemKind } from '../item-kind.ts';
import { homeOf } from '../provider/item-home.ts';
import { behind, stat, statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { copyInto } from './copy-across.ts';
import type { CopyOptions } from './copy-options.ts';
import { intoItself, isSamePlace, isWithin, ontoItself } from './same-place.ts';
import { serviceCopy } from './service-copy.ts';

/**
 * Copies an item into a folder and waits until it is complete. An abort ends only the wait; the service
 * continues. Into and out of a folder behind a shortcut, it is copied as between drives.
 * @throws OneDriveError `not-found`, `conflict`, `quota` …, also if the copy fails later; `not-supported` for
 * a folder if the API copies files only.
 */
export async function copy(
  context: DriveContext,
  target: Target,
  folder: Target,
  options: CopyOptions = {},
): Promise<DriveItem> {
  if (options.name !== undefined) checkName(options.name);
  const typed = await stat(context, target, options);
  const item = await behind(context, typed, options);
  const into = await statFolder(context, folder, options);
  const { provider } = context;
  const source = describeItem(resolve(target, options.as));
  if (isWithin(into, item)) throw intoItself('copy', source, itemPathOf(into) ?? into.name);
  if (options.conflict !== 'rename' && isSamePlace(item, into, options.name ?? typed.name))
    throw ontoItself(source);
  if (homeOf(item) !== homeOf(into))
    return await copyInto(context, item, context, into, { ...options, name: options.name ?? typed.name });
  if (itemKind(item) === 'folder' && !provider.capabilities.copiesFolders) {
    throw new OneDriveError(
      'not-supported',
      `${provider.capabilities.name} copies files only, and ${item.name} is a folder.`,
      {
        hint: 'To copy folders, use Microsoft Graph (api: graph), or download the folder and upload it again.',
      },
    );
  }
  const { signal, onProgress, name, conflict = 'fail' } = options;
  const what = `copy ${source}`;
  const place = { context, folder: into, name };
  return await serviceCopy(context, item, place, { signal, onProgress, conflict, what });
}
