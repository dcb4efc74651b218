/**
 * What v5.0 keeps of an item beside the drive's own record, its comments and tags, and upload sessions. All of it hangs on
 * the item's key, so whatever Microsoft Graph does to the item leaves it in place.
 */
import { type Collection, collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

/** Facts that were read from the bytes of a photo, and the state of the content that they belong to. */
export interface PhotoFacts {
  readonly contentVersion: number;
  /** Pixels; 0 where the format is not known. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds since the epoch. */
  readonly taken?: number | undefined;
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  /** The f-number. */
  readonly focalRatio?: number | undefined;
  /** Millimetres. */
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

/** Facts that were read from the bytes of a sound or a film, and the state of the content that they belong to. */
export interface MediaFacts {
  readonly contentVersion: number;
  /** 0 where it is not known, as for all numbers here. */
  readonly durationMs: number;
  /** Bits a second. */
  readonly bitrate: number;
  /** Pixels, of a film. */
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
   * The name that v5.0 shows, where another item of the folder has it too. Holds only while the item is still called
   * `stored`: a rename through either API ends it.
   */
  readonly alias?: { readonly name: string; readonly stored: string } | undefined;
  readonly photo?: PhotoFacts | undefined;
  readonly media?: MediaFacts | undefined;
  /** The number of the last comment. */
  readonly lastComment?: number | undefined;
}

/** By item key. */
export const liveExtras = collection<LiveExtra>('live-item');

/** What v5.0 keeps of the item of that key. */
export function extraOf(records: Records, key: number): LiveExtra {
  return liveExtras.get(records, String(key)) ?? {};
}

/** Changes some of it. */
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

/** The documents of a kind whose keys begin with the item's. */
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

/** Somebody who is to be seen on a photo or in a film. */
export interface TagRecord {
  /** The last part of its id. */
  readonly tag: string;
  readonly user: { readonly name: string | null; readonly id: string | null };
  /** Percent of the width and of the height, of a photo. */
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

/** Keeps a tag. */
export function putTag(records: Records, item: number, tag: TagRecord): TagRecord {
  tags.put(records, tagKey(item, tag.tag), tag);
  return tag;
}

/** Deletes a tag. */
export function deleteTag(records: Records, item: number, tag: string): void {
  tags.delete(records, tagKey(item, tag));
}

/** A BITS upload that is under way, or has been completed a while ago. */
export interface BitsSessionRecord {
  readonly accountId: string;
  /** The drive's number. */
  readonly drive: number;
  /** Key of the folder. */
  readonly parent: number;
  readonly name: string;
  readonly blob: string;
  /** Bytes that are there. */
  readonly received: number;
  /** Bytes of the whole file; undefined before the first fragment. */
  readonly total?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** The short id of the file, once it is there: a repeated Close-Session is answered with it. */
  readonly closed?: string | undefined;
}

/** By session id. */
export const bitsSessions = collection<BitsSessionRecord>('bits-session');
