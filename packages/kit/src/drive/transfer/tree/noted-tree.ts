/**
 * The durable record of a whole tree: written down before its first file, kept while something can be gone on with, so
 * that the same command, or `jobs resume`, takes up what a dead process left. What is there already is skipped, a large
 * file in the middle has a record of its own; small ones begin again.
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
import { counted, nothingYet, type TransferEvent, type TransferSummary } from './events.ts';
import { getTree } from './get-tree.ts';
import { putTree } from './put-tree.ts';
import { everything } from './selection.ts';
import type { LocalTree, TreeOptions } from './tree-options.ts';

/** Puts a tree, written down where there is a journal. See {@link putTree}. */
export function putTreeNoted(
  context: DriveContext,
  local: LocalTree,
  into: Target,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  return noted(context, { kind: 'put-tree', local, target: into, options }, (more) =>
    putTree(context, local, into, { ...options, ...more }),
  );
}

/** Gets a tree, written down where there is a journal. See {@link getTree}. */
export function getTreeNoted(
  context: DriveContext,
  from: Target,
  local: LocalTree,
  options: TreeOptions = {},
): AsyncGenerator<TransferEvent, void, undefined> {
  return noted(context, { kind: 'get-tree', local, target: from, options }, (more) =>
    getTree(context, from, local, { ...options, ...more }),
  );
}

interface Asked {
  readonly kind: TreeRecord['kind'];
  readonly local: LocalTree;
  readonly target: Target;
  readonly options: TreeOptions;
}

/** Milliseconds between two notes of how far it is: they are for people only. */
const interval = 5000;

async function* noted(
  context: DriveContext,
  asked: Asked,
  run: (
    more: Pick<TreeOptions, 'tree' | 'force' | 'partTag'>,
  ) => AsyncGenerator<TransferEvent, void, undefined>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const { clock } = context.world;
  const entry = await entryOf(context, asked);
  if (entry === undefined) return yield* run({});
  const part = entry.previous?.part ?? randomTag(context.world.random, 8);
  let so: SoFar = { sum: nothingYet, found: 0, later: false, part };
  let savedAt = clock.now();
  try {
    await entry.save(recordOf(asked, so));
    // What was moved before need not be moved again, also by who wants it all moved.
    const more = entry.previous === undefined ? {} : { force: false };
    for await (const event of run({ ...more, tree: entry.id, partTag: part })) {
      so = after(so, event);
      const over = event.type === 'summary';
      if (over && !so.later) await forget(context, entry);
      else if (over || clock.now() - savedAt >= interval) {
        await entry.save(recordOf(asked, so));
        savedAt = clock.now();
      }
      yield event;
    }
  } catch (error) {
    // A tree that cannot be gone through at all is nothing to go on with.
    if (asked.options.signal?.aborted !== true && !isResumable(error)) await entry.clear();
    throw error;
  } finally {
    await entry.release();
  }
}

/** A process that died just after a large file was whole left its record, which nobody needs: the file was skipped. */
async function forget({ world: { journal } }: DriveContext, entry: JournalEntry<TreeRecord>): Promise<void> {
  await entry.clear();
  if (entry.previous === undefined || journal === undefined) return;
  for (const { id, tree } of await listTransfers(journal))
    if (tree === entry.id) await deleteTransfer(journal, id);
}

interface SoFar {
  readonly sum: TransferSummary;
  /** Bytes of all files that were to be moved. */
  readonly found: number;
  /** Has something failed that may go well another time? */
  readonly later: boolean;
  /** The random part of the names of part files. */
  readonly part: string;
}

function after({ sum, found, later, part }: SoFar, event: TransferEvent): SoFar {
  return {
    part,
    sum: counted(sum, event),
    found: found + (event.type === 'planned' ? event.size : 0),
    later: later || (event.type === 'failed' && isResumable(event.error)),
  };
}

async function entryOf(
  { world: { journal, clock } }: DriveContext,
  { kind, local, target, options }: Asked,
): Promise<JournalEntry<TreeRecord> | undefined> {
  const { selection = everything, dryRun, as, signal } = options;
  if (journal === undefined || dryRun === true || selection.rules === undefined) return undefined;
  if (!/^([/\\]|[A-Za-z]:)/.test(local.folder)) return undefined;
  const where = { local: local.folder, target: resolve(target, as), signal };
  return await openEntry<TreeRecord>(journal, kind, where, () => clock.now());
}

function recordOf({ local, target, options }: Asked, { sum, found, part }: SoFar) {
  const { selection = everything, force = false, existing = 'replace', transfers, as } = options;
  const { links, keepMismatch, keepTimes, mapNames, nameEncoding } = options;
  const ref = resolve(target, as);
  return {
    ...{ remote: describeItem(ref), target: ref, size: found, done: sum.bytes },
    ...{ files: sum.files, failed: sum.failed, transfers, part, links, keepMismatch, top: local.target },
    ...{ keepTimes, mapNames, nameEncoding },
    ...{ rules: selection.rules ?? {}, force, existing, durable: local.durable === true },
  };
}
