/**
 * The journal record of a tree transfer: saved before the first file and kept while the transfer can be resumed, so that
 * the same command, or `jobs resume`, continues what a dead process left. Files already transferred are skipped; a large
 * file in the middle has its own record; small files start over.
 */
import { describeItem } from '../../../graph/item-ref-forms.ts';
import { resolve, type Target } from '../../address/target.ts';
import type { DriveContext } from '../../world.ts';
import {
  deleteTransfer,
  isResumable,
  type JournalEntry,
  listTransfers,
  openEntry,
  type TreeRecord,
} from '../journal.ts';
import { randomTag } from '../path-sink.ts';
import { addEvent, emptySummary, type TransferEvent, type TransferSummary } from './events.ts';
import { getTree } from './get-tree.ts';
import { putTree } from './put-tree.ts';
import { everything } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';

/** Uploads a tree, with a journal record if there is a journal. See {@link putTree}. */
export function putTreeResumable(
  context: DriveContext,
  local: LocalTree,
  into: Target,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  return resumable(context, { kind: 'put-tree', local, target: into, options }, (overrides) =>
    putTree(context, local, into, { ...options, ...overrides }),
  );
}

/** Downloads a tree, with a journal record if there is a journal. See {@link getTree}. */
export function getTreeResumable(
  context: DriveContext,
  from: Target,
  local: LocalTree,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  return resumable(context, { kind: 'get-tree', local, target: from, options }, (overrides) =>
    getTree(context, from, local, { ...options, ...overrides }),
  );
}

interface TreeRequest {
  readonly kind: TreeRecord['kind'];
  readonly local: LocalTree;
  readonly target: Target;
  readonly options: TreeOptions;
}

/** Milliseconds between two saves of the progress, which is only for display. */
const saveIntervalMs = 5000;

async function* resumable(
  context: DriveContext,
  request: TreeRequest,
  run: (
    overrides: Pick<TreeOptions, 'tree' | 'force' | 'partTag'>,
  ) => AsyncGenerator<TransferEvent, void, undefined>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const { clock } = context.world;
  const entry = await openRecord(context, request);
  if (entry === undefined) return yield* run({});
  const partTag = entry.previous?.part ?? randomTag(context.world.random, 8);
  let progress: TreeProgress = { summary: emptySummary, plannedBytes: 0, hasRetryable: false, partTag };
  let savedAt = clock.now();
  try {
    await entry.save(recordOf(request, progress));
    // On resume, files already transferred are skipped even with `force`.
    const overrides = entry.previous === undefined ? {} : { force: false };
    for await (const event of run({ ...overrides, tree: entry.id, partTag })) {
      progress = addToProgress(progress, event);
      const isSummary = event.type === 'summary';
      if (isSummary && !progress.hasRetryable) await deleteRecords(context, entry);
      else if (isSummary || clock.now() - savedAt >= saveIntervalMs) {
        await entry.save(recordOf(request, progress));
        savedAt = clock.now();
      }
      yield event;
    }
  } catch (error) {
    // A tree that cannot be read at all has nothing to resume.
    if (request.options.signal?.aborted !== true && !isResumable(error)) await entry.clear();
    throw error;
  } finally {
    await entry.release();
  }
}

/** If a process died just after a large file was complete, its record remains: the file was skipped on resume, so delete it. */
async function deleteRecords(
  { world: { journal } }: DriveContext,
  entry: JournalEntry<TreeRecord>,
): Promise<void> {
  await entry.clear();
  if (entry.previous === undefined || journal === undefined) return;
  for (const { id, tree } of await listTransfers(journal))
    if (tree === entry.id) await deleteTransfer(journal, id);
}

interface TreeProgress {
  readonly summary: TransferSummary;
  /** Bytes of all files to be transferred. */
  readonly plannedBytes: number;
  /** Whether a file failed with an error that a later attempt may not meet. */
  readonly hasRetryable: boolean;
  /** The random part of the names of part files. */
  readonly partTag: string;
}

function addToProgress(
  { summary, plannedBytes, hasRetryable, partTag }: TreeProgress,
  event: TransferEvent,
): TreeProgress {
  return {
    partTag,
    summary: addEvent(summary, event),
    plannedBytes: plannedBytes + (event.type === 'planned' ? event.size : 0),
    hasRetryable: hasRetryable || (event.type === 'failed' && isResumable(event.error)),
  };
}

async function openRecord(
  { world: { journal, clock } }: DriveContext,
  { kind, local, target, options }: TreeRequest,
): Promise<JournalEntry<TreeRecord> | undefined> {
  const { selection = everything, dryRun, as, signal } = options;
  if (journal === undefined || dryRun === true || selection.rules === undefined) return undefined;
  if (!/^([/\\]|[A-Za-z]:)/.test(local.folder)) return undefined;
  const location = { local: local.folder, target: resolve(target, as), signal };
  return await openEntry<TreeRecord>(journal, kind, location, () => clock.now());
}

function recordOf({ local, target, options }: TreeRequest, { summary, plannedBytes, partTag }: TreeProgress) {
  const { selection = everything, force = false, existing = 'replace', transfers, as } = options;
  const { links, keepMismatch, keepTimes, mapNames, nameEncoding } = options;
  const ref = resolve(target, as);
  return {
    ...{ remote: describeItem(ref), target: ref, size: plannedBytes, done: summary.bytes },
    ...{
      files: summary.files,
      failed: summary.failed,
      transfers,
      part: partTag,
      links,
      keepMismatch,
      top: local.target,
    },
    ...{ keepTimes, mapNames, nameEncoding },
    ...{ rules: selection.rules ?? {}, force, existing, durable: local.durable === true },
  };
}
