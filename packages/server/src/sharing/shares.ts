/**
 * Resolves a share token: `u!` and base64url of a URL, or the `shareId` of a permission.
 * https://learn.microsoft.com/graph/api/shares-get
 */
import { textOfBase64url } from '../core/base-encodings.ts';
import { itemNotFound } from '../core/service-error.ts';
import { type DriveRecord, drives } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { childNamed } from '../files/items/tree.ts';
import type { Records } from '../storage/storage.ts';
import { driveNamed, hasEnded } from './access.ts';
import { linkTokens, type PermissionRecord, permissions } from './permission-record.ts';

export interface Shared {
  readonly drive: DriveRecord;
  readonly item: ItemRecord;
  /** Undefined if the URL is that of the item itself and not a sharing link. */
  readonly permission?: PermissionRecord | undefined;
}

const linkNotFound = () =>
  itemNotFound('The sharing link no longer exists, or you do not have permission to access it.');

/** The item and permission of `token`. @throws ServiceError 404 for a link that is unknown, deleted or expired. */
export function findShare(records: Records, token: string, now: number): Shared {
  const url = token.startsWith('u!') ? textOfBase64url(token.slice(2)) : undefined;
  const shared = byLink(records, url === undefined ? token : secretIn(url)) ?? byWebUrl(records, url);
  if (shared === undefined || shared.item.bin !== 0) throw linkNotFound();
  if (shared.permission !== undefined && hasEnded(shared.permission, now)) throw linkNotFound();
  return shared;
}

function byLink(records: Records, secret: string): Shared | undefined {
  const key = linkTokens.get(records, secret);
  const permission = key === undefined ? undefined : permissions.get(records, key);
  if (permission === undefined) return undefined;
  const item = records.item(permission.item);
  return item === undefined ? undefined : { drive: driveNamed(records, permission.drive), item, permission };
}

/** The secret of a link: the last segment of its path, without `s!`, or the `authkey` of an embed link. */
function secretIn(url: string): string {
  if (!URL.canParse(url)) return '';
  const { pathname, searchParams } = new URL(url);
  return searchParams.get('authkey') ?? (pathname.split('/').at(-1) ?? '').replace(/^s!/, '');
}

/** The item of a web address: by id on personal drives, by path on others. */
function byWebUrl(records: Records, url: string | undefined): Shared | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  const id = searchParams.get('id') ?? searchParams.get('resid');
  for (const drive of drives.list(records)) {
    if (drive.kind === 'personal') {
      const item = id === null ? undefined : records.itemById(drive.number, id);
      if (item !== undefined) return { drive, item };
    } else {
      const item = byPath(records, drive, pathname);
      if (item !== undefined) return { drive, item };
    }
  }
  return undefined;
}

function byPath(records: Records, drive: DriveRecord, pathname: string): ItemRecord | undefined {
  const base = `/${decodeURIComponent(drive.webPath ?? `personal/${drive.ownerId}/Documents`)}`;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path !== base && !path.startsWith(`${base}/`)) return undefined;
  let item = records.item(drive.root);
  for (const name of path
    .slice(base.length)
    .split('/')
    .filter((part) => part !== ''))
    item = item === undefined ? undefined : childNamed(records, item, name);
  return item;
}
