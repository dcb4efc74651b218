/**
 * Reads a URL path of the drive API. Every way to name a drive and an item ends in the same value, so routes are
 * written once: `/me/drive/root:/a/b:/children` is drive *me*, start *root*, path `a`, `b`, tail `children`.
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

/** An item: where to start, and the names to walk from there. */
export interface ItemSelector {
  readonly start: ItemStart;
  readonly path: readonly string[];
}

export interface DriveAddress {
  readonly drive: DriveSelector;
  /** Undefined where the URL names a drive as such. */
  readonly item?: ItemSelector | undefined;
  /** What comes after drive or item: `children`, `content`, `delta(token='…')`. */
  readonly tail: readonly PathSegment[];
}

/**
 * The address in `path`, which is the part after `/v1.0`, still percent-encoded; undefined when it names no drive.
 * `aliases` are the `@name` parameters of the query.
 * @throws ServiceError 400 when an escape is broken or a path climbs out.
 */
export function parseDriveAddress(
  path: string,
  aliases: (name: string) => string | null,
): DriveAddress | undefined {
  const segments = readSegments(path, aliases);
  const found = takeDrive(segments);
  if (found === undefined) return undefined;
  return found.item === undefined
    ? withItem(found.drive, found.rest)
    : walk(found.drive, found.item, found.rest);
}

interface Found {
  readonly drive: DriveSelector;
  readonly item?: ItemStart;
  readonly rest: readonly PathSegment[];
}

const owners = { users: 'user', groups: 'group', sites: 'site' } as const;

function takeDrive(segments: readonly PathSegment[]): Found | undefined {
  const [first, second, third] = segments;
  const name = first?.name;
  if (name === 'drive') return { drive: { by: 'me' }, rest: segments.slice(1) };
  if (name === 'me' && second?.name === 'drive') return { drive: { by: 'me' }, rest: segments.slice(2) };
  // The caller's own by a name of its own: Microsoft's older SDKs, github.com/OneDrive/onedrive-sdk-python.
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

/** `$count` asks how many there are, and names none. */
const isId = (segment: PathSegment | undefined): segment is PathSegment =>
  segment !== undefined && segment.text !== '$count';

function takeOwned(
  by: 'user' | 'group' | 'site',
  owner: PathSegment,
  rest: readonly PathSegment[],
): Found | undefined {
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

/** How a site is named, in one string: an id, a host, or `host:/path`. */
export function ownerName(owner: PathSegment): string {
  return owner.path === undefined || owner.path.length === 0
    ? owner.text
    : `${owner.text}:/${owner.path.join('/')}`;
}

const ofList = new Set(['columns', 'contenttypes', 'subscriptions']);

function takeList(site: string, list: PathSegment, rest: readonly PathSegment[]): Found | undefined {
  const [head, id, third] = rest;
  const drive = { by: 'list', id: site, list: list.text } as const;
  if (head?.name === 'drive') return { drive, rest: rest.slice(1) };
  // The list itself, its columns and its rows: what they are on its drive.
  if (head === undefined || ofList.has(head.name) || (head.name === 'items' && id === undefined))
    return { drive, rest: [{ name: 'list', text: 'list' }, ...rest] };
  if (head.name !== 'items' || id === undefined) return undefined;
  if (id.name === 'delta') return { drive, rest: [{ name: 'list', text: 'list' }, ...rest] };
  const item = { by: 'list-item', id: id.text } as const;
  if (third?.name === 'driveitem') return { drive, item, rest: carry(third, rest.slice(3)) };
  // The list item itself, and its fields: the tail that they have on a driveItem.
  return { drive, item, rest: [{ name: 'listitem', text: 'listItem' }, ...rest.slice(2)] };
}

/** Resources of a share that are read off the shared item. */
const ofShare = new Set(['listitem', 'permission', 'site', 'list']);

function takeShare(token: PathSegment, rest: readonly PathSegment[]): Found | undefined {
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

/** A segment that opens a path keeps doing so after its name was read. */
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

/** Follows `:/path:` and `children/{name}` from item to item; what is left is the tail. */
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
