/**
 * Converts refs to URL paths. Pure, and the only place that percent-encodes names: a name that would change
 * the meaning of the URL (`:` ends a path address, `/` starts the next segment, dot segments are removed by
 * URL parsers) is rejected here, whatever the callers have checked. Source:
 * https://learn.microsoft.com/graph/onedrive-addressing-driveitems
 */
import { OneDriveError } from '../errors/index.ts';
import type { DriveRef, ItemAnchor, ItemRef } from './item-ref.ts';

/**
 * Encodes one name as a path segment.
 * @throws OneDriveError `invalid-name` for a name that cannot be a segment: empty, `.`, `..`, with `/` or
 * `:`, or with invalid UTF-16.
 */
export function encodeSegment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/:]|\p{Surrogate}/u.test(name)) {
    throw new OneDriveError('invalid-name', `${JSON.stringify(name)} cannot be part of a OneDrive path.`, {
      hint: 'A name cannot be empty, . or .., and cannot contain / or :.',
    });
  }
  return encodeURIComponent(name);
}

/**
 * Encodes a text as an argument of a function in a URL, without the surrounding quotes: quotes inside are
 * doubled. Source: https://learn.microsoft.com/graph/query-parameters#escaping-single-quotes
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

/** An item behind a shortcut is addressed in the drive that contains it. */
function homePath(drive: DriveRef, { anchor }: ItemRef): string {
  return drivePath(
    anchor.kind === 'id' && anchor.drive !== undefined ? { kind: 'drive', id: anchor.drive } : drive,
  );
}

/**
 * Returns the path of an item, or of a resource below it: `/me/drive/root:/a/b:/children`.
 * @param sub `children`, `content`, `createUploadSession` …
 * @throws OneDriveError `invalid-name`
 */
export function itemPath(drive: DriveRef, item: ItemRef, sub?: string): string {
  const base = homePath(drive, item) + anchorPath(item.anchor);
  if (item.path.length === 0) return sub === undefined ? base : `${base}/${sub}`;
  const address = `${base}:/${item.path.map(encodeSegment).join('/')}`;
  return sub === undefined ? address : `${address}:/${sub}`;
}

/** Query parameters; undefined ones are omitted. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** `?$top=5&$select=id`, or an empty string. Names are not encoded, since `$` needs no escape. */
export function queryString(query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
