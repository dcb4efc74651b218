/** The state of one download: what its parts share, how its bytes are divided, and its journal record. */

import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { joinQuickXorHashes, type QuickXorHash, quickXorHash, quickXorHashFrom } from '../../hash/index.ts';
import type { DriveContext } from '../world.ts';
import type { DownloadOptions } from './download-options.ts';
import type { FileSink } from './file-sink.ts';
import { type DownloadRecord, type JournalEntry, type RecordedSpan, toBase64 } from './journal.ts';

/** Bytes [start, end) that consecutive requests download in order. */
export interface Span {
  readonly start: number;
  /** One past the last byte; undefined for the end of the content. Decreases if the rest is assigned to another span. */
  end: number | undefined;
  /** The next byte to receive. */
  position: number;
  /** The next byte to write: all bytes before it are hashed. */
  written: number;
  readonly hash: QuickXorHash;
  /** Consecutive failures without a byte received. */
  failures: number;
}

export interface DownloadState {
  readonly context: DriveContext;
  readonly sink: FileSink;
  readonly options: DownloadOptions;
  readonly target: ItemRef;
  readonly entry: JournalEntry<DownloadRecord> | undefined;
  /** The random part of the name of the part file. */
  readonly partTag: string | undefined;
  item: DriveItem;
  downloadUrl: string | undefined;
  /** The request for a new download URL, shared by all spans. */
  renewal: Promise<void> | undefined;
  /** Identifies the version of the content that is downloaded, if the server reports one. */
  contentETag: string | undefined;
  /** Position of the first requested byte. */
  readonly base: number;
  /** One past the last requested byte; undefined for the whole content. */
  readonly end: number | undefined;
  spans: Span[];
  /** Spans with a request in flight. */
  activeSpans: number;
  loaded: number;
  /** Whether the sink has allocated the whole size. */
  isAllocated: boolean;
  /** Whether some of the bytes are from an earlier process. */
  isResumed: boolean;
  savedAt: number;
  isSaving: boolean;
  /** When another span was last considered, and the bytes loaded at that time. */
  lastScaledAt: number;
  loadedWhenScaled: number;
}

/** A span without any bytes yet. */
export function newSpan(start: number, end: number | undefined): Span {
  const hash = start === 0 ? quickXorHash() : quickXorHashFrom(start);
  return { start, end, position: start, written: start, hash, failures: 0 };
}

/** Divides a range into equal parts; the last one is open-ended if the end is unknown. */
export function divide(start: number, end: number | undefined, parts: number): Span[] {
  if (end === undefined || parts <= 1) return [newSpan(start, end)];
  const size = Math.ceil((end - start) / parts);
  const starts = Array.from({ length: parts }, (_, i) => start + i * size).filter((offset) => offset < end);
  return starts.map((offset) => newSpan(offset, Math.min(end, offset + size)));
}

/** Identifies the version of the content that an item describes. */
export function tagOf(item: DriveItem): string | undefined {
  return item.cTag ?? item.eTag;
}

/**
 * The spans of a record, if the record matches the item and the part file still has the recorded bytes: these are read and
 * hashed again, because other programs may have written to the file.
 */
export async function resumedSpans(
  record: DownloadRecord | undefined,
  item: DriveItem,
  sink: FileSink,
  storedBytes: number,
): Promise<Span[] | undefined> {
  if (record === undefined || record.tag !== tagOf(item) || record.size !== item.size) return undefined;
  if (record.spans.some(({ start, position }) => position > start && position > storedBytes))
    return undefined;
  const spans: Span[] = [];
  for (const { start, end, position, hash } of record.spans) {
    const span = newSpan(start, end);
    for await (const chunk of sink.readBack?.(start, position) ?? noBytes()) span.hash.update(chunk);
    if (toBase64(span.hash.save()) !== hash) return undefined;
    spans.push(Object.assign(span, { position, written: position }));
  }
  return spans;
}

async function* noBytes(): AsyncGenerator<Uint8Array, void, undefined> {}

/** One past the last byte that was written. */
export function writtenEnd(spans: readonly Span[]): number {
  return spans.reduce((end, { start, written }) => (written > start ? Math.max(end, written) : end), 0);
}

/** The hash of all written bytes, base64. */
export function hashOf(spans: readonly Span[]): string {
  const [first] = spans;
  if (spans.length === 1 && first?.start === 0) return first.hash.digest();
  const states = spans.map(({ hash }) => hash.save());
  const size = spans.reduce((sum, { start, written }) => sum + written - start, 0);
  const hash = quickXorHash();
  hash.restore(joinQuickXorHashes(states, size));
  return hash.digest();
}

/** Milliseconds between two saves of the record. */
const saveIntervalMs = 2000;

/** Saves the record if the interval has passed; the recorded bytes are flushed to disk first. */
export async function saveProgressIfDue(state: DownloadState): Promise<void> {
  const now = state.context.world.clock.now();
  if (state.entry === undefined || state.isSaving || now - state.savedAt < saveIntervalMs) return;
  await saveProgress(state);
}

/** Saves the record now. Returns false if the item lacks a required field: such a download cannot be resumed. */
export async function saveProgress(state: DownloadState): Promise<boolean> {
  const { entry, sink, item, target, contentETag, context } = state;
  const tag = tagOf(item);
  if (entry === undefined || tag === undefined || item.size === undefined) return false;
  state.isSaving = true;
  try {
    const size = item.size;
    const spans: RecordedSpan[] = state.spans.map(({ start, end = size, written, hash }) => ({
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
      contentTag: contentETag,
      spans,
      durable: sink.durable,
      part: state.partTag,
      tree: state.options.tree,
    });
    return true;
  } finally {
    state.isSaving = false;
    state.savedAt = context.world.clock.now();
  }
}
