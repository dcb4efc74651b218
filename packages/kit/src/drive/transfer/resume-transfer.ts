/** Resumes or discards a transfer that an earlier process left, from its journal record alone. */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { downloadVersion, versionInRef } from '../history/versions.ts';
import type { OnProgress } from '../progress.ts';
import type { DriveContext } from '../world.ts';
import { download } from './download.ts';
import {
  type DownloadRecord,
  deleteTransfer,
  readTransfer,
  type TransferJournal,
  type TransferRecord,
  type TreeRecord,
  type UploadRecord,
} from './journal.ts';
import { partName, pathSink } from './path-sink.ts';
import { pathSource } from './path-source.ts';
import { transferEvents } from './transfer-events.ts';
import type { TransferEvent } from './tree/events.ts';
import { getTreeResumable, putTreeResumable } from './tree/resumable-tree.ts';
import { selectionOf } from './tree/selection.ts';
import { type TransferResult, upload } from './upload.ts';

/** Options of `resumeTransfer`. */
export interface ResumeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Resumes the transfer of one file; if the source or the item has changed since, it is transferred from the start.
 * @param id as returned by `listTransfers`.
 * @throws OneDriveError `not-found` if there is no such record, `usage` if it belongs to another drive or to a tree transfer;
 * the errors of `upload` and `download`.
 */
export async function resumeTransfer(
  context: DriveContext,
  id: string,
  { signal, onProgress }: ResumeOptions = {},
): Promise<TransferResult> {
  const { journal, record } = await recordOf(context, id);
  switch (record.kind) {
    case 'download':
      return await resumeDownload(context, journal, record, { signal, onProgress });
    case 'upload':
      return await resumeUpload(context, journal, record, { signal, onProgress });
    case 'put-tree':
    case 'get-tree':
      throw new OneDriveError('usage', `The transfer ${id} is a tree transfer, which has no single result.`, {
        hint: 'Resume it with resumeEvents.',
      });
  }
}

/**
 * Resumes the transfer of a file or of a tree, and yields its events. A tree is listed again: files already transferred are
 * skipped, and partly transferred files are resumed.
 * @throws OneDriveError `not-found`, `usage` as `resumeTransfer`; errors of single files are events.
 */
export async function* resumeEvents(
  context: DriveContext,
  id: string,
  { signal }: Pick<ResumeOptions, 'signal'> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { journal, record } = await recordOf(context, id);
  switch (record.kind) {
    case 'download':
      return yield* eventsOf(context, record, signal, (options) =>
        resumeDownload(context, journal, record, options),
      );
    case 'upload':
      return yield* eventsOf(context, record, signal, (options) =>
        resumeUpload(context, journal, record, options),
      );
    case 'put-tree': {
      const { tree, options } = await treeOf(journal, record, signal);
      return yield* putTreeResumable(context, tree, record.target, options);
    }
    case 'get-tree': {
      const { tree, options } = await treeOf(journal, record, signal);
      return yield* getTreeResumable(context, record.target, tree, options);
    }
  }
}

async function resumeDownload(
  context: DriveContext,
  { fileSystem }: TransferJournal,
  { local, durable, target }: DownloadRecord,
  options: ResumeOptions,
): Promise<TransferResult> {
  const sink = pathSink(fileSystem, local, { random: context.world.random, durable });
  const version = versionInRef(target);
  if (version === undefined) return await download(context, target, sink, options);
  const item: ItemRef = { ...target, path: [] };
  return await downloadVersion(context, item, version, sink, options);
}

async function resumeUpload(
  context: DriveContext,
  { fileSystem }: TransferJournal,
  { local, at, conflict, ifMatch, keepTimes }: UploadRecord,
  options: ResumeOptions,
): Promise<TransferResult> {
  const folder = { anchor: at.anchor, path: at.path.slice(0, -1) };
  const uploadOptions = { name: at.path.at(-1), conflict, ifMatch, keepTimes };
  return await upload(context, await pathSource(fileSystem, local), folder, { ...uploadOptions, ...options });
}

function eventsOf(
  context: DriveContext,
  { remote: path, size }: TransferRecord,
  signal: AbortSignal | undefined,
  resume: (options: ResumeOptions) => Promise<TransferResult>,
): AsyncGenerator<TransferEvent, void, undefined> {
  return transferEvents(context, { path, size, signal }, (pool) =>
    resume({
      signal: pool.signal,
      onProgress: ({ loaded, total }) => pool.progress(path, loaded, total),
    }),
  );
}

async function treeOf(journal: TransferJournal, record: TreeRecord, signal: AbortSignal | undefined) {
  const { rules, force, existing, durable, transfers, local, top, links, keepMismatch } = record;
  const { keepTimes, mapNames, nameEncoding } = record;
  const selection = await selectionOf(rules);
  const tree = { fileSystem: journal.fileSystem, folder: local, target: top, durable };
  return {
    tree,
    options: {
      selection,
      force,
      existing,
      transfers,
      links,
      keepMismatch,
      keepTimes,
      mapNames,
      nameEncoding,
      signal,
    },
  };
}

/**
 * Discards a transfer: cancels its upload session, deletes its part file and its record.
 * @throws OneDriveError `not-found`, `usage` as `resumeTransfer`.
 */
export async function dropTransfer(
  context: DriveContext,
  id: string,
  { signal }: ResumeOptions = {},
): Promise<void> {
  const { journal, record } = await recordOf(context, id);
  if (record.kind === 'upload' && record.session !== undefined) {
    // A session that cannot be reached expires on its own.
    await context.provider.cancelSession(record.session, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  } else if (record.kind === 'download') {
    await journal.fileSystem.rm(partName(record.local, record.part ?? id), { recursive: false, force: true });
  }
  await deleteTransfer(journal, id);
}

async function recordOf(
  { world: { journal } }: DriveContext,
  id: string,
): Promise<{ journal: TransferJournal; record: TransferRecord }> {
  const record =
    journal === undefined || !/^[0-9a-f]{16}$/.test(id) ? undefined : await readTransfer(journal, id);
  if (journal === undefined || record === undefined) {
    throw new OneDriveError('not-found', `There is no unfinished transfer ${JSON.stringify(id)}.`, {
      hint: 'List the unfinished transfers to see their ids.',
    });
  }
  if (record.scope === journal.scope) return { journal, record };
  throw new OneDriveError('usage', `The transfer ${id} belongs to another account or drive.`, {
    hint: 'Use that account and drive.',
  });
}
