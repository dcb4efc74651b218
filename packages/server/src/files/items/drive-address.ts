/**
 * Parses a URL path of the drive API. All ways to address a drive and an item give the same value, so routes are written
 * once: `/me/drive/root:/a/b:/children` is drive *me*, start *root*, path `a`, `b`, tail `children`.
 * Sources: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems,
 * …/concepts/direct-endpoint-differences, https://learn.microsoft.com/graph/query-parameters (aliases, quotes).
 */

import { type PathSegment, readSegments } from '../../core/path-segments.ts';
import { unknownSegment } from '../../core/service-error.ts';

export type DriveSelector =
  | { readonly by: 'me' }
  | { readonly by: 'id' | 'user' | 'group' | 'site'; readonly id: string }
  | { readonly by: 'list'; readonly id: string; readonly list: string }
  | { readonly by: 'share'; readonly token: string };

export type ItemStart =
  | { readonly by: 'root' }
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'special'; readonly name: string }
  | { readonly by: 'list-item'; readonly id: string }
  | { readonly by: 'share'; readonly token: string };

/** An item: the start, and the names of the path from there. */
export interface ItemSelector {
  readonly start: ItemStart;
  readonly path: readonly string[];
}

export interface DriveAddress {
  readonly drive: DriveSelector;
  /** Undefined if the URL addresses the drive itself. */
  readonly item?: ItemSelector | undefined;
  /** The segments after drive or item: `children`, `content`, `delta(token='…')`. */
  readonly tail: readonly PathSegment[];
}

/**
 * Parses `path`, the part after `/v1.0`, still percent-encoded; undefined if it contains no drive. `aliases` are the `@name`
 * parameters of the query.
 * @throws ServiceError 400 if an escape sequence is invalid or the path contains "..".
 */
export function parseDriveAddress(
  path: string,
  aliases: (name: string) => string | null,
): DriveAddress | undefined {
  const segments = readSegments(path, aliases);
  const start = takeDrive(segments);
  if (start === undefined) return undefined;
  return start.item === undefined
    ? withItem(start.drive, start.rest)
    : walk(start.drive, start.item, start.rest);
}

interface ParsedDrive {
  readonly drive: DriveSelector;
  readonly item?: ItemStart;
  readonly rest: readonly PathSegment[];
}

const owners = { users: 'user', groups: 'group', sites: 'site' } as const;

function takeDrive(segments: readonly PathSegment[]): ParsedDrive | undefined {
  const [first, second, third] = segments;
  const name = first?.name;
  if (name === 'drive') return { drive: { by: 'me' }, rest: segments.slice(1) };
  if (name === 'me' && second?.name === 'drive') return { drive: { by: 'me' }, rest: segments.slice(2) };
  // A special folder of the caller's own drive, directly after the prefix: Microsoft's older SDKs,
  // github.com/OneDrive/onedrive-sdk-python.
  if (name === 'drives' && second?.name === 'me')
    return { drive: { by: 'me' }, rest: carry(second, segments.slice(2)) };
  if (name === 'drives' && isId(second))
    return { drive: { by: 'id', id: second.text }, rest: carry(second, segments.slice(2)) };
  if (name === 'shares' && second !== undefined) return takeShare(second, segments.slice(2));
  if (name === 'me' && second?.name === 'drives' && isId(third))
    return { drive: { by: 'id', id: third.text }, rest: carry(third, segments.slice(3)) };
  if (name === undefined || second === undefined || !(name in owners)) return undefined;
  return takeOwned(owners[name as keyof typeof owners], second, segments.slice(2));
}

/** `$count` returns a number and is not the name of an item. */
const isId = (segment: PathSegment | undefined): segment is PathSegment =>
  segment !== undefined && segment.text !== '$count';

function takeOwned(
  by: 'user' | 'group' | 'site',
  owner: PathSegment,
  rest: readonly PathSegment[],
): ParsedDrive | undefined {
  const [head, id] = rest;
  const name = ownerName(owner);
  const byPath = by === 'site' ? head?.args?.['path'] : undefined;
  if (head?.name === 'getbypath' && byPath !== undefined) {
    const path = byPath.split('/').filter((part) => part !== '');
    return takeOwned(by, { ...owner, path }, rest.slice(1));
  }
  if (by === 'group' && head?.name === 'sites' && id?.name === 'root')
    return takeOwned('group', owner, rest.slice(2));
  if (by === 'site' && head?.name === 'lists' && id !== undefined) return takeList(name, id, rest.slice(2));
  if (head?.name === 'drive') return { drive: { by, id: name }, rest: rest.slice(1) };
  if (head?.name === 'drives' && isId(id))
    return { drive: { by: 'id', id: id.text }, rest: carry(id, rest.slice(2)) };
  return undefined;
}

/** The site in an address, as one string: an id, a host, or `host:/path`. */
export function ownerName(owner: PathSegment): string {
  return owner.path === undefined || owner.path.length === 0
    ? owner.text
    : `${owner.text}:/${owner.path.join('/')}`;
}

const ofList = new Set(['columns', 'contenttypes', 'subscriptions']);

function takeList(site: string, list: PathSegment, rest: readonly PathSegment[]): ParsedDrive | undefined {
  const [head, id, third] = rest;
  const drive = { by: 'list', id: site, list: list.text } as const;
  if (head?.name === 'drive') return { drive, rest: rest.slice(1) };
  // The list itself, its columns and its items are properties of its drive.
  if (head === undefined || ofList.has(head.name) || (head.name === 'items' && id === undefined))
    return { drive, rest: [{ name: 'list', text: 'list' }, ...rest] };
  if (head.name !== 'items' || id === undefined) return undefined;
  if (id.name === 'delta') return { drive, rest: [{ name: 'list', text: 'list' }, ...rest] };
  const item = { by: 'list-item', id: id.text } as const;
  if (third?.name === 'driveitem') return { drive, item, rest: carry(third, rest.slice(3)) };
  // A list item and its fields: the same tail as on a driveItem.
  return { drive, item, rest: [{ name: 'listitem', text: 'listItem' }, ...rest.slice(2)] };
}

/** Resources of a share that are properties of the shared item. */
const ofShare = new Set(['listitem', 'permission', 'site', 'list']);

function takeShare(token: PathSegment, rest: readonly PathSegment[]): ParsedDrive | undefined {
  const [head, id] = rest;
  const drive = { by: 'share', token: token.text } as const;
  if (head?.name === 'driveitem' || head?.name === 'root')
    return { drive, item: { by: 'share', token: token.text }, rest: carry(head, rest.slice(1)) };
  if (head?.name === 'items' && id !== undefined)
    return { drive, item: { by: 'id', id: id.text }, rest: carry(id, rest.slice(2)) };
  if (head !== undefined && ofShare.has(head.name))
    return { drive, item: { by: 'share', token: token.text }, rest };
  return undefined;
}

/** A segment that starts a path keeps this role after its name was read. */
function carry(segment: PathSegment, rest: readonly PathSegment[]): readonly PathSegment[] {
  return segment.path === undefined ? rest : [{ name: '', text: '', path: segment.path }, ...rest];
}

function withItem(drive: DriveSelector, rest: readonly PathSegment[]): DriveAddress {
  const [head, next] = rest;
  if (head?.name === 'root') return walk(drive, { by: 'root' }, carry(head, rest.slice(1)));
  if (head?.name === 'items' && next !== undefined) {
    const start: ItemStart = next.name === 'root' ? { by: 'root' } : { by: 'id', id: next.text };
    return walk(drive, start, carry(next, rest.slice(2)));
  }
  if (head?.name === 'special' && next !== undefined)
    return walk(drive, { by: 'special', name: next.name }, carry(next, rest.slice(2)));
  if (head?.path !== undefined) throw unknownSegment(head.text);
  return { drive, tail: rest };
}

/** Follows `:/path:` and `children/{name}` from item to item; the remaining segments are the tail. */
function walk(drive: DriveSelector, start: ItemStart, segments: readonly PathSegment[]): DriveAddress {
  const path: string[] = [];
  let at = 0;
  for (;;) {
    const head = segments[at];
    const next = segments[at + 1];
    if (head === undefined) break;
    if (head.name === '' && head.path !== undefined) {
      path.push(...head.path);
      at += 1;
    } else if (head.name === 'children' && isId(next)) {
      path.push(next.text, ...(next.path ?? []));
      at += 2;
    } else break;
  }
  return { drive, item: { start, path }, tail: segments.slice(at) };
}
