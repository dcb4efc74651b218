/** Renaming, removing, describing, sharing: one change to one item. Moving is in move.ts. */
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

/** How to change an item. */
export interface ChangeOptions extends DriveOptions {
  /** Only if the item still has this eTag; else `precondition`. */
  readonly ifMatch?: string | undefined;
  /** When the new name is taken in the folder; `fail` unless told. */
  readonly conflict?: ConflictBehavior | undefined;
}

/** Renames an item in its folder. Throws as {@link update}. */
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
 * @throws OneDriveError `not-supported` for a description that the service drops, `invalid-name` before any request, `not-found`, `conflict`, `precondition`.
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
    throw new OneDriveError('not-supported', `The service kept no description of ${describeItem(ref)}.`, {
      hint: 'Only personal drives have descriptions; all else that was asked is done.',
    });
  return changed;
}

/** Business drives and libraries take a description without a word and drop it: https://learn.microsoft.com/graph/api/resources/driveitem */
function losesDescription({ description = '' }: ItemChange, changed: DriveItem): boolean {
  const kind = changed.parentReference?.driveType;
  return description !== '' && changed.description === undefined && kind !== undefined && kind !== 'personal';
}

/** How to remove. */
export type RemoveOptions = Omit<ChangeOptions, 'conflict'>;

/**
 * Moves an item, and all that is in it, to the recycle bin.
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
    hint: `Name what to ${verb}.`,
  });
}

/** How to share. */
export interface LinkOptions extends DriveOptions, Omit<CreateLinkRequest, 'type'> {
  /** `view` unless told. `embed` exists on personal drives only. */
  readonly type?: CreateLinkRequest['type'] | undefined;
}

/**
 * A sharing link to an item: `permission.link.webUrl`, of `embed` the HTML in `link.webHtml`.
 * @throws OneDriveError `not-found`, `access-denied`, `not-supported` or `invalid-request` where it is not allowed.
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
  throw new OneDriveError('protocol', `The service shared ${describeItem(ref)} but gave no link.`);
}
