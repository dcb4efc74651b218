/** Items of a drive that cannot be downloaded, with the reason. Pure. */
import type { DriveItem } from '../../../graph/types/index.ts';
import { holdsItems, itemKind } from '../../item-kind.ts';
import { shortcutTarget } from '../../provider/item-home.ts';
import type { OmittedEvent } from './events.ts';

/** Why a file or folder is omitted. */
export type Omission = Pick<OmittedEvent, 'reason' | 'message' | 'hint'>;

/** The omission of an item that has neither content nor children to download; undefined for all other items. */
export function omissionOf(item: DriveItem, circular = false): Omission | undefined {
  if (item.specialFolder?.name === 'vault' && (item.folder?.childCount ?? 0) === 0) return vault;
  if (circular) return itemKind(item) === 'remote' ? circularShortcut : circularFolder;
  if (holdsItems(item))
    return itemKind(item) === 'remote' && shortcutTarget(item) === undefined
      ? shortcutWithoutTarget
      : undefined;
  switch (itemKind(item)) {
    case 'package':
      return { reason: 'package', message: packageMessage(item) };
    case 'remote':
      return shortcutTarget(item) === undefined ? shortcutWithoutTarget : undefined;
    case 'file':
    case 'folder':
      return undefined;
  }
}

/** A Personal Vault that cannot be listed. */
export const vault: Omission = {
  reason: 'vault',
  message:
    'it is the Personal Vault, which is locked; unlock it at onedrive.com and copy its files out of it',
};

/** Excluded by the caller's own rules. */
export const filtered: Omission = { reason: 'filter', message: 'the rules of the selection exclude it' };

const circularShortcut: Omission = {
  reason: 'shortcut',
  message: 'it is a shortcut to a folder that it is in',
};

/** Only a faulty response has such a folder. */
const circularFolder: Omission = {
  reason: 'shortcut',
  message: 'the service lists this folder inside itself',
};

const shortcutWithoutTarget: Omission = {
  reason: 'shortcut',
  message: 'it is a shortcut, and the service does not name its target',
};

function packageMessage({ package: facet }: DriveItem): string {
  const type = facet?.type ?? '';
  return /^onenote$/i.test(type)
    ? 'it is a OneNote notebook, which can only be opened and exported in OneNote'
    : `it is a package${type === '' ? '' : ` of the type ${type}`}, which has no content to download`;
}
