/**
 * Ids of the v5.0 API: `type.user.USER!number`. A root folder has no third part, an album is a `folder`, and
 * the upper-case part omits the leading zeros of the user id. The third part is the id that BITS, OneDrive's
 * later APIs and Microsoft Graph use. Source: Live SDK reference, "Core concepts", and Microsoft's migration
 * guide, https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk
 */

export type ObjectKind = 'folder' | 'file';

/** The parts of an id. */
export interface ObjectId {
  readonly kind: ObjectKind;
  /** 16 hex digits, lower case. */
  readonly user: string;
  /** `A6B2A7E8F2515E5E!110`; undefined for the root folder. */
  readonly item: string | undefined;
}

const form = /^(file|folder)\.([0-9a-f]{16})(?:\.([0-9a-f]{1,16}![0-9a-z]+))?$/i;

/** Parses an id; undefined if `text` is not one. The case of the user's digits is ignored. */
export function parseObjectId(text: string): ObjectId | undefined {
  const [, kind, user, item] = form.exec(text) ?? [];
  if (kind === undefined || user === undefined) return undefined;
  const lower = kind.toLowerCase() as ObjectKind;
  if (lower === 'file' && item === undefined) return undefined;
  return { kind: lower, user: user.toLowerCase(), item: item === undefined ? undefined : upperOwner(item) };
}

/**
 * `cid!123` with the digits before the mark in upper case; the part after it is unchanged, since it may be a
 * letter code.
 */
function upperOwner(item: string): string {
  const mark = item.indexOf('!');
  return item.slice(0, mark).toUpperCase() + item.slice(mark);
}

/** Formats an id; {@link parseObjectId} is the inverse. */
export function formatObjectId({ kind, user, item }: ObjectId): string {
  return item === undefined ? `${kind}.${user}` : `${kind}.${user}.${item}`;
}

/**
 * The full id of a file that a BITS upload created, from the short one in its `X-Resource-Id` header.
 * @param user 16 hex digits.
 */
export function fileIdOf(user: string, resourceId: string): string {
  return formatObjectId({ kind: 'file', user: user.toLowerCase(), item: resourceId });
}

/**
 * Returns whether a user who typed this means an id. Stricter than {@link parseObjectId}, because a file may
 * be called `folder.0123456789abcdef` or similar: the case must be that of the service.
 */
export function looksLikeObjectId(text: string): boolean {
  const id = parseObjectId(text);
  return id !== undefined && formatObjectId(id) === text;
}
