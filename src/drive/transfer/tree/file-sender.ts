/**
 * Sends the files of a tree: small ones in company, the others by themselves, and the times of those that could not
 * carry theirs in company again.
 */
import type { ItemRef } from '../../../graph/item-ref.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem, FileSystemInfo } from '../../../graph/types/index.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
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
  /** When another file has the name. */
  readonly conflict: 'replace' | 'rename';
  /** Id of the record that covers small files. */
  readonly tree?: string | undefined;
}

/** A file to send. */
export interface FileToSend {
  /** What it is called in events. */
  readonly path: string;
  /** Where it is on the disk. */
  readonly where: string;
  readonly name: string;
  /** Bytes, as the folder told. */
  readonly size: number;
  readonly signal: AbortSignal;
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
  const { context, fileSystem, crew, conflict } = options;
  const { putMany } = context.provider;
  // A second `rename` after a lost answer would leave two files.
  const small =
    putMany === undefined || conflict === 'rename'
      ? undefined
      : smallFiles(context.provider, putMany, crew.signal);
  const times = timesBatch(context.provider, crew.signal);
  const done = doneWith(options, times);
  const alone = aloneWith(options, done);
  return {
    async send(file, folder) {
      const { path, where, name, size } = file;
      await crew.tell({ type: 'started', path, size });
      const content = small && size <= smallFile ? await snapshotOf(fileSystem, where) : undefined;
      if (small === undefined || content === undefined) {
        await alone(file, folder);
        return;
      }
      await small.add({
        ...{ at: below(folder, name), content },
        settled: async (result) => {
          if (result !== undefined) await done(path, result, timesOf(content));
          else
            await alone({ ...file, signal: crew.signal }, folder).catch((error: unknown) =>
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
function doneWith({ context, crew }: FileSenderOptions, times: ReturnType<typeof timesBatch>): Done {
  return async (path, result, wanted) => {
    const { size, hash } = result;
    const tell = (item: DriveItem) =>
      crew.tell({ type: 'done', path, size, verdict: verdictNow(result, item), hash, item });
    if (wanted === undefined || !context.provider.capabilities.keepsTimes) {
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

function aloneWith({ context, fileSystem, crew, conflict, tree }: FileSenderOptions, done: Done) {
  return async ({ path, where, name, size, signal }: FileToSend, folder: ItemRef): Promise<void> => {
    let wanted: FileSystemInfo | undefined;
    const how: UploadOptions = {
      ...{ name, conflict, tree, signal },
      onProgress: ({ loaded, total }) => crew.progress(path, loaded, total ?? size),
      setTimes: async (item, asked) => {
        wanted = asked;
        return item;
      },
    };
    await done(path, await upload(context, await pathSource(fileSystem, where), folder, how), wanted);
  };
}
