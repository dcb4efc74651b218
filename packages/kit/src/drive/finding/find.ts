/** Selects entries of a walk by name, path, kind, size, age and hash. Pure except for {@link find} itself. */
import type { DriveItem } from '../../graph/types/index.ts';
import type { Target } from '../address/target.ts';
import { type ItemKind, itemKind } from '../item-kind.ts';
import { type SubtreeOptions, subtree } from '../listing/subtree.ts';
import type { WalkEntry } from '../listing/walk.ts';
import type { DriveContext } from '../world.ts';
import type { SizeRange } from './measures.ts';
import { namePattern, pathPattern } from './name-pattern.ts';

/** The criteria; an omitted one matches everything. */
export interface FindCriteria {
  /** A pattern for the name: see {@link namePattern}. */
  readonly name?: string | undefined;
  /** A pattern for the path below the start: see {@link pathPattern}. */
  readonly path?: string | undefined;
  readonly kinds?: readonly ItemKind[] | undefined;
  /** Matches files only: the size of a folder is that of its content. */
  readonly size?: SizeRange | undefined;
  /** Changed at or after this time, in milliseconds since the epoch. */
  readonly since?: number | undefined;
  /** Changed before this time. */
  readonly before?: number | undefined;
  /** Any hash that the service returns, in its notation; hexadecimal ones in upper or lower case. */
  readonly hash?: string | undefined;
}

/** Whether an entry matches. */
export type EntryTest = (entry: WalkEntry) => boolean;

/** Returns the test for these criteria. @throws OneDriveError `usage` for an invalid pattern. */
export function findTest(criteria: FindCriteria): EntryTest {
  const tests = [
    nameTest(criteria),
    pathTest(criteria),
    kindTest(criteria),
    sizeTest(criteria),
    ageTest(criteria),
    hashTest(criteria),
  ].filter((test) => test !== undefined);
  return (entry) => tests.every((test) => test(entry));
}

function nameTest({ name }: FindCriteria): EntryTest | undefined {
  const matches = name === undefined ? undefined : namePattern(name);
  return matches && (({ item }) => matches(item.name));
}

function pathTest({ path }: FindCriteria): EntryTest | undefined {
  const matches = path === undefined ? undefined : pathPattern(path);
  return matches && ((entry) => matches(entry.path));
}

function kindTest({ kinds }: FindCriteria): EntryTest | undefined {
  return kinds && (({ item }) => kinds.includes(itemKind(item)));
}

function sizeTest({ size }: FindCriteria): EntryTest | undefined {
  if (size === undefined) return undefined;
  return ({ item }) =>
    itemKind(item) === 'file' && (item.size ?? 0) >= size.least && (item.size ?? 0) <= size.most;
}

/** When a user last changed the content: the time from the client's file system if there is one. */
function changedAt(item: DriveItem): number {
  return Date.parse(item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime ?? '');
}

/** An item without a time matches neither limit. */
function ageTest({ since, before }: FindCriteria): EntryTest | undefined {
  if (since === undefined && before === undefined) return undefined;
  return ({ item }) => {
    const time = changedAt(item);
    return time >= (since ?? Number.NEGATIVE_INFINITY) && time < (before ?? Number.POSITIVE_INFINITY);
  };
}

function hashTest({ hash }: FindCriteria): EntryTest | undefined {
  if (hash === undefined) return undefined;
  const hex = hash.toLowerCase();
  return ({ item }) => {
    const { quickXorHash, sha1Hash, sha256Hash, crc32Hash } = item.file?.hashes ?? {};
    return (
      quickXorHash === hash || [sha1Hash, sha256Hash, crc32Hash].some((one) => one?.toLowerCase() === hex)
    );
  };
}

/** The entries below a folder that match the criteria. Throws like {@link subtree}. */
export async function* find(
  context: DriveContext,
  start: Target,
  criteria: FindCriteria,
  options: SubtreeOptions = {},
): AsyncGenerator<WalkEntry, void, undefined> {
  const wanted = findTest(criteria);
  // Only the path has to wait for the parent folders.
  const plausible = findTest({ ...criteria, path: undefined });
  const keep = (item: DriveItem) => (plausible({ item, path: [] }) ? item : undefined);
  for await (const entry of subtree(context, start, { ...options, keep })) if (wanted(entry)) yield entry;
}
