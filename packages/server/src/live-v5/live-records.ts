/**
 * Data that Live v5.0 stores in addition to the drive's own records: metadata, comments and tags of items, and upload
 * sessions. All of it is stored by item key, so changes through Microsoft Graph do not affect it.
 */
import { type Collection, collection, sortable } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Metadata from the content of a photo, with the version of that content. */
export interface PhotoFacts {
  readonly contentVersion: number;
  /** Pixels; 0 if the format is unknown. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds since the epoch. */
  readonly taken?: number | undefined;
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  /** The f-number. */
  readonly focalRatio?: number | undefined;
  /** Millimeters. */
  readonly focalLength?: number | undefined;
  readonly exposureNumerator?: number | undefined;
  readonly exposureDenominator?: number | undefined;
  readonly iso?: number | undefined;
  /** 1 to 8, as EXIF numbers them. */
  readonly orientation?: number | undefined;
  readonly location?:
    | { readonly latitude: number; readonly longitude: number; readonly altitude?: number }
    | undefined;
}

/** Metadata from the content of an audio or video file, with the version of that content. */
export interface MediaFacts {
  readonly contentVersion: number;
  /** 0 if unknown, like all numbers here. */
  readonly durationMs: number;
  /** Bits per second. */
  readonly bitrate: number;
  /** Pixels, of a video. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly title?: string | undefined;
  readonly artist?: string | undefined;
  readonly album?: string | undefined;
  readonly albumArtist?: string | undefined;
  readonly genre?: string | undefined;
}

export interface LiveExtra {
  readonly album?: true | undefined;
  readonly sortBy?: string | undefined;
  /**
   * The name that v5.0 shows if another item of the folder has the same name. Valid only while the item's own name is
   * `stored`: a rename through either API removes it.
   */
  readonly alias?: { readonly name: string; readonly stored: string } | undefined;
  readonly photo?: PhotoFacts | undefined;
  readonly media?: MediaFacts | undefined;
  /** The number of the last comment. */
  readonly lastComment?: number | undefined;
}

/** By item key. The look-up is `album-in:` (drive number), for albums. */
export const liveExtras = collection<LiveExtra>('live-item', ({ album }, key, records) =>
  album ? [`album-in:${records.item(Number(key))?.drive ?? ''}`] : [],
);

/** The data that v5.0 stores for the item with that key. */
export function extraOf(records: Records, key: number): LiveExtra {
  return liveExtras.get(records, String(key)) ?? {};
}

/** Updates some of this data. */
export function putExtra(records: Records, key: number, change: Partial<LiveExtra>): LiveExtra {
  const extra = { ...extraOf(records, key), ...change };
  liveExtras.put(records, String(key), extra);
  return extra;
}

export interface CommentRecord {
  readonly number: number;
  readonly from: { readonly id: string; readonly name: string };
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

const comments = collection<CommentRecord>('live-comment');

const commentKey = (item: number, number: number): string =>
  `${String(item).padStart(16, '0')}/${String(number).padStart(12, '0')}`;

/** The comments on an item, oldest first. */
export function commentsOf(records: Records, item: number): readonly CommentRecord[] {
  return notesOn(records, comments, commentKey(item, 0).slice(0, 17));
}

/** The documents of a kind whose keys begin with the item's key. */
function notesOn<T>(records: Records, { kind }: Collection<T>, prefix: string): readonly T[] {
  const found: T[] = [];
  for (let after = prefix; ; ) {
    const page = records.documents(kind, { after, limit: 100 });
    const own = page.filter(({ key }) => key.startsWith(prefix));
    found.push(...own.map(({ value }) => value as T));
    if (own.length < 100) return found;
    after = own.at(-1)?.key ?? after;
  }
}

/** One comment. */
export function commentAt(records: Records, item: number, number: number): CommentRecord | undefined {
  return comments.get(records, commentKey(item, number));
}

/** Adds a comment. */
export function addComment(
  records: Records,
  item: number,
  draft: Omit<CommentRecord, 'number'>,
): CommentRecord {
  const number = (extraOf(records, item).lastComment ?? 0) + 1;
  putExtra(records, item, { lastComment: number });
  const comment = { ...draft, number };
  comments.put(records, commentKey(item, number), comment);
  return comment;
}

/** Deletes a comment. */
export function deleteComment(records: Records, item: number, number: number): void {
  comments.delete(records, commentKey(item, number));
}

/** A person in a photo or a video. */
export interface TagRecord {
  /** The last part of the tag's id. */
  readonly tag: string;
  readonly user: { readonly name: string | null; readonly id: string | null };
  /** Percent of the width and height of a photo. */
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

const tags = collection<TagRecord>('live-tag');

const tagKey = (item: number, tag: string): string => `${String(item).padStart(16, '0')}/${tag}`;

/** The tags on an item, oldest first. */
export function tagsOf(records: Records, item: number): readonly TagRecord[] {
  const found = notesOn(records, tags, tagKey(item, ''));
  return found.toSorted((one, other) => one.created - other.created);
}

/** One tag. */
export function tagAt(records: Records, item: number, tag: string): TagRecord | undefined {
  return tags.get(records, tagKey(item, tag));
}

/** Stores a tag. */
export function putTag(records: Records, item: number, tag: TagRecord): TagRecord {
  tags.put(records, tagKey(item, tag.tag), tag);
  return tag;
}

/** Deletes a tag. */
export function deleteTag(records: Records, item: number, tag: string): void {
  tags.delete(records, tagKey(item, tag));
}

/** A BITS upload that is in progress or was completed recently. */
export interface BitsSessionRecord {
  readonly accountId: string;
  /** The drive's number. */
  readonly drive: number;
  /** Key of the folder. */
  readonly parent: number;
  readonly name: string;
  readonly blob: string;
  /** Number of bytes received. */
  readonly received: number;
  /** Bytes of the whole file; undefined before the first fragment. */
  readonly total?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** The short id of the completed file: the response to a repeated Close-Session. */
  readonly closed?: string | undefined;
}

/** By session id. The look-up is `expires:`, sorted by time. */
export const bitsSessions = collection<BitsSessionRecord>('bits-session', ({ expires }) => [
  `expires:${sortable(expires)}`,
]);
