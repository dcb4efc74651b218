/**
 * Refs into URL paths. Pure, and the only place that percent-encodes names: a name that would change the meaning of
 * the URL (`:` ends a path address, `/` starts the next segment, dot segments are swallowed by URL parsers) is
 * refused here, whatever the layers above have checked.
 * Source: https://learn.microsoft.com/graph/onedrive-addressing-driveitems
 */
import { OneDriveError } from '../errors/index.ts';
import type { DriveRef, ItemAnchor, ItemRef } from './item-ref.ts';

/**
 * One name as a path segment.
 * @throws OneDriveError `invalid-name` for what cannot be a segment: empty, `.`, `..`, with `/` or `:`, or broken UTF-16.
 */
export function encodeSegment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/:]|\p{Surrogate}/u.test(name)) {
    throw new OneDriveError('invalid-name', `${JSON.stringify(name)} cannot be part of a OneDrive path.`, {
      hint: 'A name is not empty, is not . or .., and holds no / and no :.',
    });
  }
  return encodeURIComponent(name);
}

/**
 * A text as an argument of a function in a URL, without the quotes around it: quotes inside are doubled.
 * Source: https://learn.microsoft.com/graph/query-parameters#escaping-single-quotes
 */
export function encodeFunctionArgument(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll("'", "''")).replaceAll(
    "'",
    '%27',
  );
}

/** `/me/drive`, `/drives/{id}` … */
export function drivePath(drive: DriveRef): string {
  switch (drive.kind) {
    case 'me':
      return '/me/drive';
    case 'drive':
      return `/drives/${encodeSegment(drive.id)}`;
    case 'user':
      return `/users/${encodeSegment(drive.id)}/drive`;
    case 'group':
      return `/groups/${encodeSegment(drive.id)}/drive`;
    case 'site':
      return `/sites/${encodeSegment(drive.id)}/drive`;
  }
}

function anchorPath(anchor: ItemAnchor): string {
  switch (anchor.kind) {
    case 'root':
      return '/root';
    case 'id':
      return `/items/${encodeSegment(anchor.id)}`;
    case 'special':
      return `/special/${encodeSegment(anchor.name)}`;
  }
}

/** An item behind a shortcut is addressed on the drive that it is in. */
function homePath(drive: DriveRef, { anchor }: ItemRef): string {
  return drivePath(
    anchor.kind === 'id' && anchor.drive !== undefined ? { kind: 'drive', id: anchor.drive } : drive,
  );
}

/**
 * The path of an item, or of something below it: `/me/drive/root:/a/b:/children`.
 * @param sub `children`, `content`, `createUploadSession` …
 * @throws OneDriveError `invalid-name`
 */
export function itemPath(drive: DriveRef, item: ItemRef, sub?: string): string {
  const base = homePath(drive, item) + anchorPath(item.anchor);
  if (item.path.length === 0) return sub === undefined ? base : `${base}/${sub}`;
  const address = `${base}:/${item.path.map(encodeSegment).join('/')}`;
  return sub === undefined ? address : `${address}:/${sub}`;
}

/** Values of a query; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** `?$top=5&$select=id` or nothing. Names stay as written, since `$` needs no escape. */
export function queryString(query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
