/**
 * Small files, twenty of them uploaded in one request: most of what one costs by itself is the round trip. What does
 * not come through in company, for whatever reason, is uploaded by itself, which also says what was wrong with it.
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
import { type Company, company } from './company.ts';

/** Bytes up to which a file is small; where more go together the round trip no longer counts. */
export const smallFile = 64 << 10;

const batchSize = 20;

/** Requests under way at a time: enough to hide one round trip behind another. */
const mostUnderWay = 4;

/** A whole file as it was at one moment. */
export interface Snapshot {
  readonly bytes: Uint8Array;
  /** QuickXorHash, base64. */
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number | undefined;
  readonly createdMs: number | undefined;
}

/**
 * Reads a file whole.
 * @returns undefined when it changed meanwhile.
 * @throws OneDriveError `local-file`
 */
export async function snapshotOf(fileSystem: FileSystem, path: string): Promise<Snapshot | undefined> {
  const source = await pathSource(fileSystem, path);
  try {
    const { size, modifiedMs, createdMs } = source;
    const before = await source.fingerprint();
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const chunk of source.read(0, size)) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    const same = sameFingerprint(before, await source.fingerprint());
    if (!same || before.size !== size || before.modifiedMs !== modifiedMs) return undefined;
    const hash = quickXorHash();
    hash.update(bytes);
    return { bytes, hash: hash.digest(), modifiedMs, createdMs };
  } finally {
    await source.close();
  }
}

/** A small file on its way. */
export interface SmallFile {
  readonly at: ItemRef;
  /** What happens if the name is taken. */
  readonly conflict: 'fail' | 'replace';
  readonly content: Snapshot;
  /** Told what came of it; undefined when it is to be uploaded by itself. */
  readonly settled: (result: TransferResult | undefined) => Promise<void>;
}

/** Sends a request whenever twenty are there. */
export function smallFiles(
  provider: DriveProvider,
  putMany: NonNullable<DriveProvider['putMany']>,
  signal: AbortSignal,
): Company<SmallFile> {
  const send = async (part: readonly SmallFile[]) => {
    const contents = part.map(({ at, conflict, content: { bytes } }) => ({ at, conflict, bytes }));
    const answers = await putMany(contents, { signal }).catch(() => undefined);
    for (const [i, { content, settled }] of part.entries())
      await settled(await resultOf(provider, content, answers?.[i], signal));
  };
  return company({ most: batchSize, underWay: mostUnderWay, send });
}

async function resultOf(
  provider: DriveProvider,
  { bytes, hash }: Snapshot,
  answer: DriveItem | Error | undefined,
  signal: AbortSignal,
): Promise<TransferResult | undefined> {
  if (answer === undefined || isOneDriveError(answer)) return undefined;
  const size = bytes.byteLength;
  const item = await withOfferedHash(provider, answer as DriveItem, { size, hash }, { signal }).catch(
    () => undefined,
  );
  const verdict = item === undefined ? 'mismatch' : verdictOf({ size, hash }, item);
  return item === undefined || verdict === 'mismatch' ? undefined : { item, verdict, size, hash };
}
