/** One download under way: what its parts share, how its bytes are divided, and what is written down about it. */

import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { joinQuickXorHashes, type QuickXorHash, quickXorHash, quickXorHashFrom } from '../../hash/index.ts';
import type { DriveContext } from '../world.ts';
import type { DownloadOptions } from './download-options.ts';
import type { FileSink } from './file-sink.ts';
import { type DownloadRecord, type JournalEntry, type RecordedSpan, toBase64 } from './journal.ts';

/** Bytes [start, end) that one request after the other brings, in order. */
export interface Span {
  readonly start: number;
  /** One past the last byte wanted; undefined for all there are. Moves down when the rest goes to another span. */
  end: number | undefined;
  /** The next byte to come off the wire. */
  position: number;
  /** The next byte to be written: those before it are hashed. */
  written: number;
  readonly hash: QuickXorHash;
  /** Breaks in a row that brought no byte. */
  strikes: number;
}

export interface Course {
  readonly context: DriveContext;
  readonly sink: FileSink;
  readonly options: DownloadOptions;
  readonly target: ItemRef;
  readonly entry: JournalEntry<DownloadRecord> | undefined;
  /** The random part of the part file's name. */
  readonly part: string | undefined;
  item: DriveItem;
  place: string | undefined;
  /** A new place being asked for, by whoever needed it first. */
  renewal: Promise<void> | undefined;
  /** Names the state of the content that was begun, where the server tells. */
  contentTag: string | undefined;
  /** Position of the first byte in the content; bytes before it are not wanted. */
  readonly base: number;
  /** One past the last byte wanted, where only a part is. */
  readonly end: number | undefined;
  spans: Span[];
  /** Spans being read now. */
  reading: number;
  loaded: number;
  /** Does the sink have the whole size? */
  allocated: boolean;
  /** Is a part of this from an earlier process? */
  inherited: boolean;
  savedAt: number;
  saving: boolean;
  /** When it was last asked whether one more range helps, and how many bytes had come then. */
  grownAt: number;
  grownFrom: number;
}

/** A span of which nothing is there yet. */
export function newSpan(start: number, end: number | undefined): Span {
  const hash = start === 0 ? quickXorHash() : quickXorHashFrom(start);
  return { start, end, position: start, written: start, hash, strikes: 0 };
}

/** Evenly, in so many parts; the last one is open where the end is not known. */
export function divide(start: number, end: number | undefined, parts: number): Span[] {
  if (end === undefined || parts <= 1) return [newSpan(start, end)];
  const size = Math.ceil((end - start) / parts);
  const starts = Array.from({ length: parts }, (_, i) => start + i * size).filter((at) => at < end);
  return starts.map((at) => newSpan(at, Math.min(end, at + size)));
}

/** The state of the content that an item describes. */
export function tagOf(item: DriveItem): string | undefined {
  return item.cTag ?? item.eTag;
}

/**
 * Spans as they were written down, when the record fits the item and the part file still holds what the record says:
 * it is read and hashed again, for it has lain on a disk that others can reach.
 */
export async function inheritedSpans(
  record: DownloadRecord | undefined,
  item: DriveItem,
  sink: FileSink,
  kept: number,
): Promise<Span[] | undefined> {
  if (record === undefined || record.tag !== tagOf(item) || record.size !== item.size) return undefined;
  if (record.spans.some(({ start, position }) => position > start && position > kept)) return undefined;
  const spans: Span[] = [];
  for (const { start, end, position, hash } of record.spans) {
    const span = newSpan(start, end);
    for await (const chunk of sink.readBack?.(start, position) ?? none()) span.hash.update(chunk);
    if (toBase64(span.hash.save()) !== hash) return undefined;
    spans.push(Object.assign(span, { position, written: position }));
  }
  return spans;
}

async function* none(): AsyncGenerator<Uint8Array, void, undefined> {}

/** One past the last byte that was written. */
export function writtenEnd(spans: readonly Span[]): number {
  return spans.reduce((end, { start, written }) => (written > start ? Math.max(end, written) : end), 0);
}

/** The hash of everything that was written, base64. */
export function hashOf(spans: readonly Span[]): string {
  const [only] = spans;
  if (spans.length === 1 && only?.start === 0) return only.hash.digest();
  const states = spans.map(({ hash }) => hash.save());
  const size = spans.reduce((sum, { start, written }) => sum + written - start, 0);
  const whole = quickXorHash();
  whole.restore(joinQuickXorHashes(states, size));
  return whole.digest();
}

/** Milliseconds between two records. */
const interval = 2000;

/** Writes down how far it is, now and then; what the record claims is on the disk before. */
export async function noteProgress(course: Course): Promise<void> {
  const now = course.context.world.clock.now();
  if (course.entry === undefined || course.saving || now - course.savedAt < interval) return;
  await saveProgress(course);
}

/** The same, at once. False for an item without what a record needs: such a download cannot be resumed. */
export async function saveProgress(course: Course): Promise<boolean> {
  const { entry, sink, item, target, contentTag, context } = course;
  const tag = tagOf(item);
  if (entry === undefined || tag === undefined || item.size === undefined) return false;
  course.saving = true;
  try {
    const size = item.size;
    const spans: RecordedSpan[] = course.spans.map(({ start, end = size, written, hash }) => ({
      ...{ start, end, position: written, hash: toBase64(hash.save()) },
    }));
    if (spans.some(({ start, position }) => position > start)) await sink.sync?.();
    const done = spans.reduce((sum, { start, position }) => sum + position - start, 0);
    await entry.save({
      remote: describeItem(target),
      size,
      done,
      target,
      tag,
      contentTag,
      spans,
      durable: sink.durable,
      part: course.part,
      tree: course.options.tree,
    });
    return true;
  } finally {
    course.saving = false;
    course.savedAt = context.world.clock.now();
  }
}
