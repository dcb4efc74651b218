/** Reports who can access items below a folder: one line for each permission of each shared item. */
import { listPermissions } from '../../graph/endpoints/permissions.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import type { Identity, Permission } from '../../graph/types/index.ts';
import type { DriveOptions, Target } from '../address/target.ts';
import { itemKind } from '../item-kind.ts';
import { type SubtreeOptions, subtree } from '../listing/subtree.ts';
import { graphPlace } from '../provider/graph-place.ts';
import { refOf } from '../provider/item-home.ts';
import { stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** A permission on an item that is shared. */
export interface Grant {
  /** Path below the start; [] for the start itself. */
  readonly path: readonly string[];
  readonly permission: Permission;
  /** Users, groups, or the scope of a link. */
  readonly who: string;
  /** `read`, `write`, `owner`, separated by commas. */
  readonly roles: string;
  /** Expiry; undefined if it does not expire. */
  readonly expires: string | undefined;
  readonly inherited: boolean;
}

/** The grantee of a permission, for display. Pure. */
export function whoOf({
  link,
  grantedToV2,
  grantedTo,
  grantedToIdentitiesV2,
  invitation,
}: Permission): string {
  const people = grantedToIdentitiesV2?.flatMap((set) => Object.values(set) as Identity[]) ?? [];
  const names = people.map(nameOf).filter((name) => name !== '');
  if (link !== undefined) {
    const reach =
      link.scope === 'anonymous' ? 'anyone with the link' : `${link.scope ?? 'people'} with the link`;
    return names.length === 0 ? reach : `${reach}: ${names.join(', ')}`;
  }
  const one = Object.values(grantedToV2 ?? grantedTo ?? {}) as Identity[];
  return [...new Set(one.map(nameOf))].join(', ') || (invitation?.email ?? 'unknown');
}

function nameOf(identity: Identity & { readonly email?: string; readonly loginName?: string }): string {
  return identity.email ?? identity.displayName ?? identity.loginName ?? identity.id ?? '';
}

/** Converts a permission to a line of an audit. Pure. */
export function grantOf(path: readonly string[], permission: Permission): Grant {
  const { roles = [], expirationDateTime: expires, inheritedFrom } = permission;
  return {
    path,
    permission,
    who: whoOf(permission),
    roles: roles.join(','),
    expires: expires?.startsWith('0001') === true ? undefined : expires,
    inherited: inheritedFrom !== undefined,
  };
}

/**
 * The permissions of a folder and of everything below it. Permissions are requested only for items that the
 * service marks as shared, so that a drive with few shared items needs few requests; permissions of owners
 * are omitted.
 * @throws OneDriveError `not-found`, `not-supported` over Live v5.0.
 */
export async function* sharingAudit(
  context: DriveContext,
  start: Target,
  options: DriveOptions & Pick<SubtreeOptions, 'onUnplaced'> = {},
): AsyncGenerator<Grant, void, undefined> {
  const { client, ref } = graphPlace(context, 'permissions');
  const { signal, onUnplaced } = options;
  const ask = async function* (at: ItemRef, path: readonly string[]) {
    for await (const permission of listPermissions(client, ref, at, { signal }))
      if (permission.roles?.includes('owner') !== true) yield grantOf(path, permission);
  };
  const top = await stat(context, start, options);
  if (top.root === undefined) yield* ask(refOf(top), []);
  if (itemKind(top) !== 'folder') return;
  // Items of other users are not part of this audit.
  const below = { signal, select: ['shared'], shortcuts: false, onUnplaced };
  for await (const { item, path } of subtree(context, refOf(top), below))
    if (item.shared !== undefined) yield* ask(refOf(item), path);
}
