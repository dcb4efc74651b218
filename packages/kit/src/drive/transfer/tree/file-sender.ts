/**
 * Sends the files of a tree: small ones in company, the others by themselves, and the times of those that could not
 * carry theirs in company again.
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
import type { Crew } from './crew.ts';
import { smallFile, smallFiles, snapshotOf } from './small-files.ts';
import { timesBatch } from './times-batch.ts';

/** What files are sent with. */
export interface FileSenderOptions {
  readonly context: DriveContext;
  readonly fileSystem: FileSystem;
  readonly crew: Crew;
  /** Id of the record that covers small files. */
  readonly tree?: string | undefined;
  /** Default: true. */
  readonly keepTimes?: boolean | undefined;
}

/** A name in a folder of the drive, and what happens if it is taken. */
export interface FileTarget {
  readonly name: string;
  /** `replace` only where the list of the folder has shown the file: no upload then replaces another one's file. */
  readonly conflict: 'fail' | 'replace';
}

/** A file to send. */
export interface FileToSend extends FileTarget {
  /** What it is called in events. */
  readonly path: string;
  /** Where it is on the disk. */
  readonly where: string;
  /** Bytes, as the folder told. */
  readonly size: number;
  readonly signal: AbortSignal;
  /**
   * Called when the name is taken after all: another target, or undefined if the drive has the file already. Throws what
   * is wrong otherwise.
   */
  readonly taken: () => Promise<FileTarget | undefined>;
}

/** Sends files. */
export interface FileSender {
  /** Sends one into a folder, or takes it on. What became of it is told to the crew. */
  send(file: FileToSend, folder: ItemRef): Promise<void>;
  /** Resolves when everything that was taken on has been sent. */
  flush(): Promise<void>;
}

/** Makes one. */
export function fileSender(options: FileSenderOptions): FileSender {
  const { context, fileSystem, crew } = options;
  const { putMany } = context.provider;
  const small = putMany === undefined ? undefined : smallFiles(context.provider, putMany, crew.signal);
  const times = timesBatch(context.provider, crew.signal);
  const done = doneWith(options, times);
  const alone = toFreeTarget(options, aloneWith(options, done));
  return {
    async send(file, folder) {
      const { path, where, name, size, conflict } = file;
      await crew.tell({ type: 'started', path, size });
      const content = small && size <= smallFile ? await snapshotOf(fileSystem, where) : undefined;
      if (small === undefined || content === undefined) {
        await alone(file, folder, false);
        return;
      }
      await small.add({
        ...{ at: below(folder, name), content, conflict },
        settled: async (result) => {
          if (result !== undefined) await done(path, result, timesOf(content));
          else
            await alone({ ...file, signal: crew.signal }, folder, true).catch((error: unknown) =>
              crew.tell({ type: 'failed', path, error }),
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

type Done = (path: string, result: TransferResult, wanted: FileSystemInfo | undefined) => Promise<void>;

/** What is to be said and done when a file has arrived. */
function doneWith(
  { context, crew, keepTimes = true }: FileSenderOptions,
  times: ReturnType<typeof timesBatch>,
): Done {
  return async (path, result, wanted) => {
    const { size, hash } = result;
    const tell = (item: DriveItem) =>
      crew.tell({ type: 'done', path, size, verdict: verdictNow(result, item), hash, item });
    if (wanted === undefined || !keepTimes || !context.provider.capabilities.keepsTimes) {
      await tell(result.item);
      return;
    }
    await times.add({
      ...{ item: result.item, times: wanted },
      settled: (outcome) => {
        if (outcome instanceof Error) void crew.tell({ type: 'failed', path, error: outcome });
        else void tell(outcome);
      },
    });
  };
}

/** The answer to a later request may tell that the service has rewritten the file meanwhile. */
function verdictNow({ verdict, size, hash }: TransferResult, item: DriveItem): TransferResult['verdict'] {
  const now = hash === undefined ? verdict : verdictOf({ size, hash }, item);
  return now === 'rewritten' ? now : verdict;
}

type Alone = (file: FileToSend, folder: ItemRef) => Promise<void>;

function aloneWith({ context, fileSystem, crew, tree, keepTimes }: FileSenderOptions, done: Done): Alone {
  return async ({ path, where, name, size, signal, conflict }, folder) => {
    let wanted: FileSystemInfo | undefined;
    const how: UploadOptions = {
      ...{ name, conflict, tree, signal, keepTimes },
      onProgress: ({ loaded, total }) => crew.progress(path, loaded, total ?? size),
      setTimes: async (item, asked) => {
        wanted = asked;
        return item;
      },
    };
    await done(path, await upload(context, await pathSource(fileSystem, where), folder, how), wanted);
  };
}

/** Targets that one file is sent to, one after another: another client may take each of them in turn. */
const mostTargets = 4;

/** How a file is sent by itself. */
type ByItself = (file: FileToSend, folder: ItemRef, isRepeated: boolean) => Promise<void>;

/** Sends to another target where the name is taken. A repeated attempt looks first: the earlier one may have arrived. */
function toFreeTarget({ crew }: FileSenderOptions, alone: Alone): ByItself {
  const next = async (file: FileToSend): Promise<FileToSend | undefined> => {
    const target = await file.taken();
    if (target !== undefined) return { ...file, ...target };
    await crew.tell({ type: 'skipped', path: file.path, size: file.size, reason: 'same' });
    return undefined;
  };
  return async (file, folder, isRepeated) => {
    const looks = isRepeated && file.conflict === 'fail';
    let target = looks
      ? await next(file).catch((error: unknown) => (saysMissing(error) ? file : fail(error)))
      : file;
    for (let attempt = 1; target !== undefined; attempt++) {
      try {
        await alone(target, folder);
        return;
      } catch (error) {
        const taken = target.conflict === 'fail' && isOneDriveError(error) && error.code === 'conflict';
        if (!taken || attempt === mostTargets) throw error;
      }
      target = await next(file);
    }
  };
}

function fail(error: unknown): never {
  throw error;
}
