/**
 * Uploads small files in batches of twenty: most of the cost of a small file is the round trip. A file that a batch could
 * not upload, for whatever reason, is uploaded individually, which also reports the error.
 */
import { isOneDriveError } from '../../../errors/index.ts';
import type { ItemRef } from '../../../graph/item-ref.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { quickXorHash } from '../../../hash/index.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import type { DriveProvider } from '../../provider/provider.ts';
import { sameFingerprint } from '../file-source.ts';
import { withOfferedHash } from '../offered-hash.ts';
import { pathSource } from '../path-source.ts';
import type { TransferResult } from '../upload.ts';
import { verdictOf } from '../verify.ts';
import { type Batcher, batcher } from './batcher.ts';

/** Files up to this size in bytes are small; for larger files the round trip matters less. */
export const smallFileSize = 64 << 10;

const maxBatch = 20;

/** Batches in flight: enough to hide one round trip behind another. */
const maxInFlight = 4;

/** The content of a file at one moment. */
export interface Snapshot {
  readonly bytes: Uint8Array;
  /** QuickXorHash, base64. */
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
  readonly createdMs: number | undefined;
}

/**
 * Reads a whole file.
 * @returns undefined if it changed in the meantime.
 * @throws OneDriveError `local-file`
 */
export async function snapshotOf(fileSystem: FileSystem, path: string): Promise<Snapshot | undefined> {
  const source = await pathSource(fileSystem, path);
  try {
    const { size, modifiedMs, createdMs } = source;
    const before = await source.fingerprint();
    const bytes = new Uint8Array(size);
    let offset = 0;
    for await (const chunk of source.read(0, size)) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    const isUnchanged = sameFingerprint(before, await source.fingerprint());
    if (!isUnchanged || before.size !== size || before.modifiedMs !== modifiedMs) return undefined;
    const hash = quickXorHash();
    hash.update(bytes);
    return { bytes, hash: hash.digest(), modifiedMs, createdMs };
  } finally {
    await source.close();
  }
}

/** A small file to upload. */
export interface SmallFile {
  readonly at: ItemRef;
  /** Conflict behavior if the name is taken. */
  readonly conflict: 'fail' | 'replace';
  readonly content: Snapshot;
  /** Called with the result; with undefined if the file is to be uploaded individually. */
  readonly onResult: (result: TransferResult | undefined) => Promise<void>;
}

/** Returns a batcher that uploads twenty files in one request. */
export function smallFiles(
  provider: DriveProvider,
  putMany: NonNullable<DriveProvider['putMany']>,
  signal: AbortSignal,
): Batcher<SmallFile> {
  const send = async (batch: readonly SmallFile[]) => {
    const contents = batch.map(({ at, conflict, content: { bytes } }) => ({ at, conflict, bytes }));
    const results = await putMany(contents, { signal }).catch(() => undefined);
    for (const [i, { content, onResult }] of batch.entries())
      await onResult(await resultOf(provider, content, results?.[i], signal));
  };
  return batcher({ maxBatch: maxBatch, maxInFlight: maxInFlight, send });
}

async function resultOf(
  provider: DriveProvider,
  { bytes, hash }: Snapshot,
  result: DriveItem | Error | undefined,
  signal: AbortSignal,
): Promise<TransferResult | undefined> {
  if (result === undefined || isOneDriveError(result)) return undefined;
  const size = bytes.byteLength;
  const item = await withOfferedHash(provider, result as DriveItem, { size, hash }, { signal }).catch(
    () => undefined,
  );
  const verdict = item === undefined ? 'mismatch' : verdictOf({ size, hash }, item);
  return item === undefined || verdict === 'mismatch' ? undefined : { item, verdict, size, hash };
}
