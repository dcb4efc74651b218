/**
 * Uploads the files of a tree: small files in batches, all others individually. Timestamps that an upload cannot set are
 * set in batches afterwards.
 */
import { isOneDriveError } from '../../../errors/index.ts';
import type { ItemRef } from '../../../graph/item-ref.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem, FileSystemInfo } from '../../../graph/types/index.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import { saysMissing } from '../../explain-missing.ts';
import type { DriveContext } from '../../world.ts';
import { pathSource } from '../path-source.ts';
import { type TransferResult, timesOf, type UploadOptions, upload } from '../upload.ts';
import { verdictOf } from '../verify.ts';
import { smallFileSize, smallFiles, snapshotOf } from './small-files.ts';
import { timesBatch } from './times-batch.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Options of {@link fileSender}. */
export interface FileSenderOptions {
  readonly context: DriveContext;
  readonly fileSystem: FileSystem;
  readonly pool: WorkerPool;
  /** Id of the record that covers small files. */
  readonly tree?: string | undefined;
  /** Default: true. */
  readonly keepTimes?: boolean | undefined;
}

/** A name in a folder of the drive, and the conflict behavior. */
export interface FileTarget {
  readonly name: string;
  /** `replace` only if the list of the folder contained the file: no upload then replaces the file of another client. */
  readonly conflict: 'fail' | 'replace';
}

/** A file to upload. */
export interface FileToSend extends FileTarget {
  /** The path in events. */
  readonly path: string;
  /** The path on disk. */
  readonly localPath: string;
  /** Bytes, as reported by the local folder. */
  readonly size: number;
  readonly signal: AbortSignal;
  /**
   * Called when the name is taken after all: returns another target, or undefined if the drive already has the file. Throws
   * if there is no other target.
   */
  readonly onNameTaken: () => Promise<FileTarget | undefined>;
}

/** Uploads files. */
export interface FileSender {
  /** Uploads a file into a folder, or queues it. The outcome is emitted as an event of the pool. */
  send(file: FileToSend, folder: ItemRef): Promise<void>;
  /** Resolves when all queued files have been uploaded. */
  flush(): Promise<void>;
}

/** Returns a sender. */
export function fileSender(options: FileSenderOptions): FileSender {
  const { context, fileSystem, pool } = options;
  const { putMany } = context.provider;
  const small = putMany === undefined ? undefined : smallFiles(context.provider, putMany, pool.signal);
  const times = timesBatch(context.provider, pool.signal);
  const reportDone = reportDoneWith(options, times);
  const sendSingly = retryOtherTargets(options, sendOneWith(options, reportDone));
  return {
    async send(file, folder) {
      const { path, localPath, name, size, conflict } = file;
      await pool.emit({ type: 'started', path, size });
      const content = small && size <= smallFileSize ? await snapshotOf(fileSystem, localPath) : undefined;
      if (small === undefined || content === undefined) {
        await sendSingly(file, folder, false);
        return;
      }
      await small.add({
        ...{ at: below(folder, name), content, conflict },
        onResult: async (result) => {
          if (result !== undefined) await reportDone(path, result, timesOf(content));
          else
            await sendSingly({ ...file, signal: pool.signal }, folder, true).catch((error: unknown) =>
              pool.emit({ type: 'failed', path, error }),
            );
        },
      });
    },
    async flush() {
      await small?.flush();
      await times.flush();
    },
  };
}

type ReportDone = (path: string, result: TransferResult, times: FileSystemInfo | undefined) => Promise<void>;

/** Returns the function that reports an uploaded file and sets its times. */
function reportDoneWith(
  { context, pool, keepTimes = true }: FileSenderOptions,
  times: ReturnType<typeof timesBatch>,
): ReportDone {
  return async (path, result, pendingTimes) => {
    const { size, hash } = result;
    const emitDone = (item: DriveItem) =>
      pool.emit({ type: 'done', path, size, verdict: currentVerdict(result, item), hash, item });
    if (pendingTimes === undefined || !keepTimes || !context.provider.capabilities.keepsTimes) {
      await emitDone(result.item);
      return;
    }
    await times.add({
      ...{ item: result.item, times: pendingTimes },
      onResult: (outcome) => {
        if (outcome instanceof Error) void pool.emit({ type: 'failed', path, error: outcome });
        else void emitDone(outcome);
      },
    });
  };
}

/** A later response may show that the service has rewritten the file since. */
function currentVerdict({ verdict, size, hash }: TransferResult, item: DriveItem): TransferResult['verdict'] {
  const current = hash === undefined ? verdict : verdictOf({ size, hash }, item);
  return current === 'rewritten' ? current : verdict;
}

type SendOne = (file: FileToSend, folder: ItemRef) => Promise<void>;

function sendOneWith(
  { context, fileSystem, pool, tree, keepTimes }: FileSenderOptions,
  reportDone: ReportDone,
): SendOne {
  return async ({ path, localPath, name, size, signal, conflict }, folder) => {
    let pendingTimes: FileSystemInfo | undefined;
    const uploadOptions: UploadOptions = {
      ...{ name, conflict, tree, signal, keepTimes },
      onProgress: ({ loaded, total }) => pool.progress(path, loaded, total ?? size),
      setTimes: async (item, times) => {
        pendingTimes = times;
        return item;
      },
    };
    await reportDone(
      path,
      await upload(context, await pathSource(fileSystem, localPath), folder, uploadOptions),
      pendingTimes,
    );
  };
}

/** Targets to try for one file: another client may take each of them. */
const maxTargets = 4;

/** Uploads one file in its own request. */
type SendSingly = (file: FileToSend, folder: ItemRef, isRepeated: boolean) => Promise<void>;

/** Tries another target if the name is taken. A repeated attempt checks first, because the earlier one may have arrived. */
function retryOtherTargets({ pool }: FileSenderOptions, sendOne: SendOne): SendSingly {
  const nextTarget = async (file: FileToSend): Promise<FileToSend | undefined> => {
    const target = await file.onNameTaken();
    if (target !== undefined) return { ...file, ...target };
    await pool.emit({ type: 'skipped', path: file.path, size: file.size, reason: 'same' });
    return undefined;
  };
  return async (file, folder, isRepeated) => {
    const checksFirst = isRepeated && file.conflict === 'fail';
    let target = checksFirst
      ? await nextTarget(file).catch((error: unknown) => (saysMissing(error) ? file : fail(error)))
      : file;
    for (let attempt = 1; target !== undefined; attempt++) {
      try {
        await sendOne(target, folder);
        return;
      } catch (error) {
        const isTaken = target.conflict === 'fail' && isOneDriveError(error) && error.code === 'conflict';
        if (!isTaken || attempt === maxTargets) throw error;
      }
      target = await nextTarget(file);
    }
  };
}

function fail(error: unknown): never {
  throw error;
}
