/**
 * `Files.ReadWrite.AppFolder` gives access to the application's own folder only:
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

/** Results by the scopes of a token, because they are needed twice for every request. */
const confined = new WeakMap<readonly string[], boolean>();

/** Whether the scopes include access to the application's folder but to no other files. */
export function isConfined({ scopes }: Caller): boolean {
  const cached = confined.get(scopes);
  if (cached !== undefined) return cached;
  const result = confines(scopes);
  confined.set(scopes, result);
  return result;
}

function confines(scopes: readonly string[]): boolean {
  const names = scopes.map((name) => name.toLowerCase());
  const wider = names.some((name) => /^(?:files|sites|onedrive)\./.test(name) && !narrow.has(name));
  return !wider && names.some((name) => narrow.has(name));
}

/** @throws ServiceError 403 if the caller is limited to its application's folder and the item is outside of it. */
export function checkConfined(records: Records, caller: Caller, drive: DriveRecord, item: ItemRecord): void {
  if (!isConfined(caller)) return;
  const folder =
    drive.ownerId === caller.account.id ? knownSpecialFolder(records, drive, 'approot') : undefined;
  const within = [...ancestors(records, item), item].some(({ key }) => key === folder?.key);
  if (!within) throw accessDenied();
}
