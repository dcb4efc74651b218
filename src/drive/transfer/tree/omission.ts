/** Items of a drive that cannot be downloaded, and the reason. Pure. */
import type { DriveItem } from '../../../graph/types/index.ts';
import { holdsItems, itemKind } from '../../item-kind.ts';
import type { OmittedEvent } from './events.ts';

/** Why something is left out. */
export type Omission = Pick<OmittedEvent, 'reason' | 'message'>;

/** The omission of an item that has neither a content nor children to download; undefined for every other item. */
export function omissionOf(item: DriveItem): Omission | undefined {
  if (item.specialFolder?.name === 'vault') return vault;
  if (holdsItems(item)) return undefined;
  switch (itemKind(item)) {
    case 'package':
      return { reason: 'package', message: packageMessage(item) };
    case 'remote':
      return item.remoteItem?.file === undefined ? lostShortcut : undefined;
    case 'file':
    case 'folder':
      return undefined;
  }
}

const vault: Omission = {
  reason: 'vault',
  message:
    'it is the Personal Vault, which is locked; unlock it at onedrive.com and copy its files out of it',
};

const lostShortcut: Omission = {
  reason: 'shortcut',
  message: 'it is a shortcut, and the service does not name its target',
};

function packageMessage({ package: facet }: DriveItem): string {
  const type = facet?.type ?? '';
  return /^onenote$/i.test(type)
    ? 'it is a OneNote notebook, which can only be opened and exported in OneNote'
    : `it is a package${type === '' ? '' : ` of the type ${type}`}, which has no content to download`;
}
