/** Copy, which continues after the response: https://learn.microsoft.com/graph/api/driveitem-copy */
import { empty } from '../../core/answers.ts';
import { readEntity } from '../../core/body.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest, notSupported, ServiceError } from '../../core/service-error.ts';
import { announceChanges } from '../../notifications/announce-changes.ts';
import { secretName } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import { slowCopyDelay } from '../../testing/quirks/quirks.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { actorOf } from '../items/actor.ts';
import { readName } from '../items/change-routes.ts';
import { checkName } from '../items/check-place.ts';
import { readConflictBehavior } from '../items/conflict.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { findItem, rootOf } from '../items/resolve.ts';
import { readTarget } from '../items/target-parent.ts';
import { ancestors, isFolder } from '../items/tree.ts';
import { type Copy, copyChildren, copyItem } from './copy-item.ts';
import { type OperationRecord, operations } from './operation-record.ts';

export const copyRoutes: readonly DriveRoute[] = [
  {
    method: 'POST',
    on: 'item',
    tail: 'copy',
    writes: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-copy',
    handle: copy,
  },
];

async function copy(context: ItemContext): Promise<ServerResponse> {
  const { world } = context;
  const body = await readEntity(context.request);
  const plan = world.storage.read((records) => planCopy(records, context, body));
  const secret = secretName(world);
  const now = world.clock.now();
  const delay = copyDelay(world);
  const started: OperationRecord = {
    operation: 'ItemCopy',
    driveId: plan.to.drive.id,
    status: 'inProgress',
    started: now,
    due: now + delay,
  };
  world.storage.write((records) => operations.put(records, secret, started));
  if (delay === 0) perform(context, secret, started, plan);
  else {
    world.background.start(async (signal) => {
      await world.clock.sleep(delay, { signal });
      perform(context, secret, started, plan);
      announceChanges(world);
    });
  }
  return empty(202, { Location: context.links.monitor(context.drive, secret) });
}

/** Duration of a copy in milliseconds: the setting `copyDelay`, or longer with the quirk `slow-copy`. */
function copyDelay({ settings }: ItemContext['world']): number {
  return settings.quirks.includes('slow-copy')
    ? Math.max(settings.copyDelay, slowCopyDelay)
    : settings.copyDelay;
}

interface Plan {
  readonly source: number;
  readonly to: Copy;
  /** Copies the children of the folder, not the folder itself. */
  readonly childrenOnly: boolean;
}

/** Source and target of the copy. @throws ServiceError for errors that are detected before the response. */
function planCopy(records: Records, context: ItemContext, body: Readonly<Record<string, unknown>>): Plan {
  const source = findItem(records, context.drive, context.selector);
  const childrenOnly = body['childrenOnly'] === true;
  if (childrenOnly && !isFolder(source)) throw invalidRequest('childrenOnly requires a folder.');
  if (source.parent === 0 && !childrenOnly)
    throw invalidRequest('The root of a drive cannot be copied without childrenOnly.');
  const target = readTarget(records, context, body);
  const other = target.drive.number !== context.drive.number;
  if ((target.drive.kind === 'personal') !== (context.drive.kind === 'personal'))
    throw notSupported('Items cannot be copied between personal and business drives.', 400);
  const parent = target.parent ?? (other ? rootOf(records, target.drive) : records.item(source.parent));
  if (parent === undefined || !isFolder(parent))
    throw invalidRequest('The target of a copy must be a folder.');
  if ([...ancestors(records, parent), parent].some((step) => step.key === source.key))
    throw invalidRequest('A folder cannot be copied into itself.', 'invalidPath');
  const name = readName(body) ?? '';
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  // With a new name, versions are not copied: https://learn.microsoft.com/graph/api/driveitem-copy
  const history = body['includeAllVersionHistory'] === true && name === '';
  const to = { drive: target.drive, parent, name: name === '' ? source.name : name, behavior, history };
  if (!childrenOnly) checkName(records, to.drive, parent, to.name);
  return { source: source.key, to, childrenOnly };
}

/** Copies, and stores the outcome for the monitor URL. */
function perform(context: ItemContext, secret: string, started: OperationRecord, plan: Plan): void {
  const { storage } = context.world;
  try {
    storage.write((records) => {
      const source = live(records.item(plan.source));
      const parent = live(records.item(plan.to.parent.key));
      const actor = actorOf(context.world, context.caller.account, context.caller.clientId);
      const to = { ...plan.to, parent };
      const { id } = plan.childrenOnly
        ? copyChildren(records, source, to, actor)
        : copyItem(records, source, to, actor);
      operations.put(records, secret, { ...started, status: 'completed', resourceId: id });
    });
  } catch (error) {
    const { code, message } =
      error instanceof ServiceError ? error : { code: 'generalException', message: 'The copy failed.' };
    storage.write((records) =>
      operations.put(records, secret, { ...started, status: 'failed', error: { code, message } }),
    );
  }
}

function live(item: ItemRecord | undefined): ItemRecord {
  if (item === undefined || item.bin !== 0)
    throw new ServiceError(404, 'itemNotFound', 'The item was deleted during the copy.');
  return item;
}
