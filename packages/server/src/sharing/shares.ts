/**
 * Resolves a share token: `u!` and base64url of a URL, or the `shareId` of a permission.
 * https://learn.microsoft.com/graph/api/shares-get
 */
import { textOfBase64url } from '../core/base-encodings.ts';
import { itemNotFound } from '../core/service-error.ts';
import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
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
  return byItemId(records, searchParams.get('id') ?? searchParams.get('resid')) ?? byPath(records, pathname);
}

/** The id of an item on a personal drive begins with the id of its drive. */
function byItemId(records: Records, id: string | null): Shared | undefined {
  const drive = id === null ? undefined : drives.get(records, driveKey(id.split('!', 1)[0] ?? ''));
  if (id === null || drive?.kind !== 'personal') return undefined;
  const item = records.itemById(drive.number, id);
  return item && { drive, item };
}

/** Tries every folder of the path as the top of a drive, the longest first. */
function byPath(records: Records, pathname: string): Shared | undefined {
  const path = decoded(pathname);
  const names = path?.split('/').filter((part) => part !== '') ?? [];
  for (let length = Math.min(names.length, maxBaseLength); length > 0; length--) {
    const base = `/${names.slice(0, length).join('/')}`;
    for (const drive of drives.find(records, `web:${base}`)) {
      const item = below(records, drive, names.slice(length));
      if (item !== undefined) return { drive, item };
    }
  }
  return undefined;
}

/** Names in the address of a drive: more than any path of a site has. */
const maxBaseLength = 32;

function below(records: Records, drive: DriveRecord, names: readonly string[]): ItemRecord | undefined {
  let item = records.item(drive.root);
  for (const name of names) item = item === undefined ? undefined : childNamed(records, item, name);
  return item;
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
