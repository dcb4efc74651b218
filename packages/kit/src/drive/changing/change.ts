/** Changes of one item: rename, remove, describe, share. Moving is in move.ts. */
import { OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type {
  ConflictBehavior,
  CreateLinkRequest,
  DriveItem,
  ItemChange,
  Permission,
} from '../../graph/types/index.ts';
import { checkName } from '../address/item-names.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { explained } from '../explain-missing.ts';
import type { DriveContext } from '../world.ts';

/** Options for a change. */
export interface ChangeOptions extends DriveOptions {
  /** Change the item only if it still has this eTag; otherwise fail with `precondition`. */
  readonly ifMatch?: string | undefined;
  /** What to do if the new name is taken in the folder. Default: `fail`. */
  readonly conflict?: ConflictBehavior | undefined;
}

/** Renames an item in its folder. Throws like {@link update}. */
export function rename(
  context: DriveContext,
  target: Target,
  name: string,
  options: ChangeOptions = {},
): Promise<DriveItem> {
  return update(context, target, { name }, options);
}

/**
 * Changes name, description or file times.
 * @throws OneDriveError `not-supported` for a description that the service discards, `invalid-name` before
 * any request, `not-found`, `conflict`, `precondition`.
 */
export async function update(
  context: DriveContext,
  target: Target,
  change: ItemChange,
  options: ChangeOptions = {},
): Promise<DriveItem> {
  if (change.name !== undefined) checkName(change.name);
  const ref = resolve(target, options.as);
  const { signal, ifMatch, conflict = 'fail' } = options;
  const changed = await explained(context, ref, options, (at) =>
    context.provider.update(at, change, { signal, ifMatch, conflict }),
  );
  if (losesDescription(change, changed))
    throw new OneDriveError(
      'not-supported',
      `The service did not store the description of ${describeItem(ref)}.`,
      {
        hint: 'Only personal drives support descriptions. All other changes were made.',
      },
    );
  return changed;
}

/**
 * Business drives and libraries accept a description but do not store it:
 * https://learn.microsoft.com/graph/api/resources/driveitem
 */
function losesDescription({ description = '' }: ItemChange, changed: DriveItem): boolean {
  const kind = changed.parentReference?.driveType;
  return description !== '' && changed.description === undefined && kind !== undefined && kind !== 'personal';
}

/** Options for a removal. */
export type RemoveOptions = Omit<ChangeOptions, 'conflict'>;

/**
 * Moves an item, and everything in it, to the recycle bin.
 * @throws OneDriveError `usage` for the root, `not-found`, `precondition`, `locked`.
 */
export async function remove(
  context: DriveContext,
  target: Target,
  options: RemoveOptions = {},
): Promise<void> {
  const ref = resolve(target, options.as);
  if (isRoot(ref)) throw rootStays('remove');
  const { signal, ifMatch } = options;
  await explained(context, ref, options, (at) => context.provider.remove(at, { signal, ifMatch }));
}

function isRoot(ref: ItemRef): boolean {
  return ref.anchor.kind === 'root' && ref.path.length === 0;
}

/** @internal */
export function rootStays(verb: string): OneDriveError {
  return new OneDriveError('usage', `The root folder of a drive cannot be ${verb}d.`, {
    hint: `Specify what to ${verb}.`,
  });
}

/** Options for a sharing link. */
export interface LinkOptions extends DriveOptions, Omit<CreateLinkRequest, 'type'> {
  /** Default: `view`. `embed` exists on personal drives only. */
  readonly type?: CreateLinkRequest['type'] | undefined;
}

/**
 * Creates a sharing link to an item: `permission.link.webUrl`, for `embed` the HTML in `link.webHtml`.
 * @throws OneDriveError `not-found`, `access-denied`, `not-supported` or `invalid-request` if it is not
 * allowed.
 */
export async function link(
  context: DriveContext,
  target: Target,
  options: LinkOptions = {},
): Promise<Permission> {
  const { signal, as, type = 'view', ...request } = options;
  const ref = resolve(target, as);
  const permission = await explained(context, ref, options, (at) =>
    context.provider.link(at, { type, ...request }, { signal }),
  );
  if (permission.link !== undefined) return permission;
  throw new OneDriveError('protocol', `The service shared ${describeItem(ref)} but returned no link.`);
}
