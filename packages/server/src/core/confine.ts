/**
 * `Files.ReadWrite.AppFolder` reaches the application's folder, and nothing else:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/special-folders-appfolder,
 * https://learn.microsoft.com/graph/permissions-reference
 */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import { knownSpecialFolder } from '../files/folders/special-folder.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import type { Caller } from '../identity/access-tokens.ts';
import type { Records } from '../storage/storage.ts';
import { accessDenied } from './service-error.ts';

const narrow = new Set(['files.readwrite.appfolder', 'onedrive.appfolder']);

/** The scopes of tokens that were seen, each asked about twice with every request. */
const confined = new WeakMap<readonly string[], boolean>();

/** Has a caller a scope for its application's folder, and none for other files? */
export function isConfined({ scopes }: Caller): boolean {
  const known = confined.get(scopes);
  if (known !== undefined) return known;
  const found = confines(scopes);
  confined.set(scopes, found);
  return found;
}

function confines(scopes: readonly string[]): boolean {
  const names = scopes.map((name) => name.toLowerCase());
  const wider = names.some((name) => /^(?:files|sites|onedrive)\./.test(name) && !narrow.has(name));
  return !wider && names.some((name) => narrow.has(name));
}

/** @throws ServiceError 403 for an item outside the folder of a caller that is confined to it. */
export function checkConfined(records: Records, caller: Caller, drive: DriveRecord, item: ItemRecord): void {
  if (!isConfined(caller)) return;
  const folder =
    drive.ownerId === caller.account.id ? knownSpecialFolder(records, drive, 'approot') : undefined;
  const within = [...ancestors(records, item), item].some(({ key }) => key === folder?.key);
  if (!within) throw accessDenied();
}
