/**
 * Restores a whole tree to its state at a past time, from the versions of its files and the recycle bin.
 * First a plan is created, which changes nothing; then each step of the plan is carried out, with its own
 * outcome. Files created since then are kept.
 */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import { restoreVersion } from '../../graph/endpoints/versions.ts';
import { getDelta } from '../../graph/endpoints/views.ts';
import { itemAt, rootItem } from '../../graph/item-ref-forms.ts';
import type { DeltaItem, DriveItem } from '../../graph/types/index.ts';
import { parsePath } from '../address/drive-path.ts';
import { type DriveOptions, resolve } from '../address/target.ts';
import { remove } from '../changing/change.ts';
import { itemKind } from '../item-kind.ts';
import { subtree } from '../listing/subtree.ts';
import { graphPlace } from '../provider/graph-place.ts';
import { refOf } from '../provider/item-home.ts';
import { stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import {
  changedSince,
  fileStep,
  type Gone,
  goneSteps,
  type RestoreStep,
  trashSteps,
} from './restore-plan.ts';
import { listTrash, restoreTrash, type TrashEntry } from './trash.ts';
import { versionsOf } from './versions.ts';

/** Options of a plan. */
export interface RestoreBeforeOptions extends DriveOptions {
  /**
   * A delta token of that time: reports what was deleted since, on drives whose recycle bin cannot be listed.
   */
  readonly token?: string | undefined;
}

/** The planned steps. */
export interface RestorePlan {
  readonly steps: readonly RestoreStep[];
  /** Why deleted items are not included, if they are not. */
  readonly withoutTrash: OneDriveError | undefined;
}

/**
 * Plans how to restore a tree. Only for files that were changed since are the versions listed.
 * @param start path of a folder or a file; shortcuts are not followed.
 * @param before milliseconds since the epoch.
 * @throws OneDriveError `not-found`; `not-supported` over Live v5.0.
 */
export async function planRestore(
  context: DriveContext,
  start: string,
  before: number,
  options: RestoreBeforeOptions = {},
): Promise<RestorePlan> {
  graphPlace(context, 'versions of files');
  const { signal, token } = options;
  const names = parsePath(start);
  const steps: RestoreStep[] = [];
  const folders = new Map<string, readonly string[]>();
  for await (const { path, item } of itemsAt(context, names, { signal })) {
    if (itemKind(item) === 'folder') folders.set(item.id, path);
    const step = await stepOf(context, path, item, before, signal);
    if (step !== undefined) steps.push(step);
  }
  if (token !== undefined) {
    const gone = goneSteps(await goneSince(context, token, signal), folders);
    return { steps: [...gone, ...steps], withoutTrash: undefined };
  }
  try {
    const entries: TrashEntry[] = [];
    for await (const entry of listTrash(context, { signal })) entries.push(entry);
    return { steps: [...trashSteps(entries, names, before), ...steps], withoutTrash: undefined };
  } catch (error) {
    if (!isOneDriveError(error) || signal?.aborted === true) throw error;
    return { steps, withoutTrash: error };
  }
}

/** A folder and everything below it; nothing if the folder itself was deleted. */
async function* itemsAt(
  context: DriveContext,
  names: readonly string[],
  { signal }: DriveOptions,
): AsyncGenerator<{ readonly path: readonly string[]; readonly item: DriveItem }> {
  let top: DriveItem;
  try {
    top = await stat(context, itemAt(...names), { signal });
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-found') return;
    throw error;
  }
  yield { path: names, item: top };
  if (itemKind(top) !== 'folder') return;
  for await (const { path, item } of subtree(context, refOf(top), { signal, shortcuts: false }))
    yield { path: [...names, ...path], item };
}

async function stepOf(
  context: DriveContext,
  path: readonly string[],
  item: DriveItem,
  before: number,
  signal: AbortSignal | undefined,
): Promise<RestoreStep | undefined> {
  if (itemKind(item) !== 'file' || !changedSince(item, before)) return undefined;
  return fileStep(path, item, await versionsOf(context, item, { signal }), before);
}

async function goneSince(
  context: DriveContext,
  token: string,
  signal: AbortSignal | undefined,
): Promise<readonly Gone[]> {
  const { client, ref } = graphPlace(context, 'delta');
  const found = new Map<string, DeltaItem>();
  for await (const item of getDelta(client, ref, rootItem, { signal, from: token })) {
    if (item.deleted === undefined) found.delete(item.id);
    else found.set(item.id, item);
  }
  return [...found.values()].map(({ id, name, parentReference }) => ({
    id,
    name,
    parent: parentReference?.id,
  }));
}

/**
 * Carries out one step of a plan. An item from the recycle bin also gets its content of that time; if it did
 * not exist then, it is deleted again.
 * @throws OneDriveError `conflict` if the name is taken by now, `not-found`, `access-denied` …
 */
export async function restoreStep(
  context: DriveContext,
  step: RestoreStep,
  before: number,
  { signal }: DriveOptions = {},
): Promise<void> {
  switch (step.kind) {
    case 'version':
      await toVersion(context, step.item, step.version, signal);
      return;
    case 'removed':
      await fromTrash(context, step, before, signal);
      return;
    case 'newer':
    case 'lost':
      return;
  }
}

async function toVersion(
  context: DriveContext,
  item: DriveItem,
  version: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { client, ref } = graphPlace(context, 'versions of files');
  await restoreVersion(client, ref, refOf(item), version, { signal });
}

async function fromTrash(
  context: DriveContext,
  { id, path, withFolder }: Extract<RestoreStep, { kind: 'removed' }>,
  before: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [error] = await restoreTrash(context, [id], { signal });
  // It was restored together with its folder.
  if (error !== undefined && !(withFolder && error.code === 'not-found')) throw error;
  for await (const found of itemsAt(context, path, { signal })) {
    if (Date.parse(found.item.createdDateTime ?? '') > before && itemKind(found.item) === 'file') {
      await remove(context, resolve(refOf(found.item)), { signal });
      continue;
    }
    const step = await stepOf(context, found.path, found.item, before, signal);
    if (step?.kind === 'version') await toVersion(context, step.item, step.version, signal);
  }
}
