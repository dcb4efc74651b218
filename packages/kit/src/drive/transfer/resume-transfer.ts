/** Transfers that an earlier process left, by their records alone: go on with one, or give it up. */
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

/** How to go on. */
export interface ResumeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Goes on with the transfer of one file; a source or an item that has changed meanwhile is transferred from the start.
 * @param id as `listTransfers` tells it.
 * @throws OneDriveError `not-found` when there is no such record, `usage` when it is of another drive or of a tree; as
 * `upload` and `download`.
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
      throw new OneDriveError('usage', `The transfer ${id} is one of many files: it has no single result.`, {
        hint: 'Go on with it by resumeEvents.',
      });
  }
}

/**
 * Goes on with a transfer of one file or of a tree, told as events. A tree is gone through anew: what is there already is
 * skipped, and what was in the middle goes on.
 * @throws OneDriveError `not-found`, `usage` as {@link resumeTransfer}; what is wrong with a file is an event.
 */
export async function* resumeEvents(
  context: DriveContext,
  id: string,
  { signal }: Pick<ResumeOptions, 'signal'> = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  const { journal, record } = await recordOf(context, id);
  switch (record.kind) {
    case 'download':
      return yield* told(context, record, signal, (how) => resumeDownload(context, journal, record, how));
    case 'upload':
      return yield* told(context, record, signal, (how) => resumeUpload(context, journal, record, how));
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
  const wishes = { name: at.path.at(-1), conflict, ifMatch, keepTimes };
  return await upload(context, await pathSource(fileSystem, local), folder, { ...wishes, ...options });
}

function told(
  context: DriveContext,
  { remote: path, size }: TransferRecord,
  signal: AbortSignal | undefined,
  resume: (how: ResumeOptions) => Promise<TransferResult>,
): AsyncGenerator<TransferEvent, void, undefined> {
  return transferEvents(context, { path, size, signal }, (crew) =>
    resume({
      signal: crew.signal,
      onProgress: ({ loaded, total }) => crew.progress(path, loaded, total),
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
 * Gives a transfer up: its upload session and its part file are dropped, the record is forgotten.
 * @throws OneDriveError `not-found`, `usage` as {@link resumeTransfer}.
 */
export async function dropTransfer(
  context: DriveContext,
  id: string,
  { signal }: ResumeOptions = {},
): Promise<void> {
  const { journal, record } = await recordOf(context, id);
  if (record.kind === 'upload' && record.session !== undefined) {
    // A session that cannot be reached runs out by itself.
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
      hint: 'List them to see which there are.',
    });
  }
  if (record.scope === journal.scope) return { journal, record };
  throw new OneDriveError('usage', `The transfer ${id} is one of another account or drive.`, {
    hint: 'Choose that account.',
  });
}
