/** Transfers that an earlier process left, by their records alone: go on with one, or give it up. */
import { OneDriveError } from '../../errors/index.ts';
import type { OnProgress } from '../progress.ts';
import type { DriveContext } from '../world.ts';
import { download } from './download.ts';
import { deleteTransfer, readTransfer, type TransferJournal, type TransferRecord } from './journal.ts';
import { partName, pathSink } from './path-sink.ts';
import { pathSource } from './path-source.ts';
import { type TransferResult, upload } from './upload.ts';

/** How to go on. */
export interface ResumeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Goes on with a transfer; a source or an item that has changed meanwhile is transferred from the start.
 * @param id as `listTransfers` tells it.
 * @throws OneDriveError `not-found` when there is no such record, `usage` when it is of another drive; as `upload` and
 * `download`.
 */
export async function resumeTransfer(
  context: DriveContext,
  id: string,
  { signal, onProgress }: ResumeOptions = {},
): Promise<TransferResult> {
  const { journal, record } = await recordOf(context, id);
  const { fileSystem } = journal;
  if (record.kind === 'download') {
    const sink = pathSink(fileSystem, record.local, { random: context.world.random });
    return await download(context, record.target, sink, { signal, onProgress });
  }
  const { at, conflict, ifMatch, keepTimes } = record;
  const folder = { anchor: at.anchor, path: at.path.slice(0, -1) };
  const name = at.path.at(-1);
  const source = await pathSource(fileSystem, record.local);
  return await upload(context, source, folder, { name, conflict, ifMatch, keepTimes, signal, onProgress });
}

/**
 * Gives a transfer up: its upload session and its part file are dropped, the record is forgotten.
 * @throws OneDriveError as {@link resumeTransfer}.
 */
export async function dropTransfer(
  context: DriveContext,
  id: string,
  { signal }: ResumeOptions = {},
): Promise<void> {
  const { journal, record } = await recordOf(context, id);
  if (record.kind === 'upload') {
    // A session that cannot be reached runs out by itself.
    await context.provider.cancelSession(record.session, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  } else {
    await journal.fileSystem.rm(partName(record.local, id), { recursive: false, force: true });
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
