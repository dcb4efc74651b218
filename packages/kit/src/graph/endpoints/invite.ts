/** Shares an item with specific people. */
import { isOneDriveError } from '../../errors/index.ts';
import { attempts } from '../../http/attempts.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { readList } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, type GraphCall, sendForObject } from '../send.ts';
import type { Permission } from '../types/index.ts';
import { listPermissions } from './permissions.ts';

/** The recipients and their permission. */
export interface InviteRequest {
  readonly recipients: readonly {
    readonly email?: string;
    readonly objectId?: string;
    readonly alias?: string;
  }[];
  /** `read` or `write`. */
  readonly roles: readonly string[];
  readonly requireSignIn: boolean;
  readonly sendInvitation: boolean;
  readonly message?: string;
  /** Personal drives only. */
  readonly password?: string;
  /** ISO 8601, UTC. */
  readonly expirationDateTime?: string;
}

/** Maximum number of times that an invitation with e-mail is sent while its outcome is unknown. */
const maxSends = 3;

/**
 * Shares an item with people. After a lost response the permissions of the item are read: if all recipients
 * have theirs, these are returned; otherwise the invitation is sent again.
 * @see https://learn.microsoft.com/graph/api/driveitem-invite
 * @throws GraphError `access-denied`, `invalid-request` if the account or its organization does not allow it.
 */
export async function invite(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: InviteRequest,
  options: CallOptions = {},
): Promise<readonly Permission[]> {
  const memory = attempts();
  const call: GraphCall = {
    method: 'POST',
    contract: contracts.invite,
    url: itemPath(drive, item, 'invite'),
    what: `share ${describeItem(item)}`,
    json: request,
    // Without e-mail, repeating it changes nothing.
    idempotent: !request.sendInvitation,
    attempts: memory,
    options,
  };
  for (let sent = 1; ; sent++) {
    try {
      return readList<Permission>(await sendForObject(client, call), call.what);
    } catch (error) {
      if (!memory.unclear || !isOneDriveError(error) || options.signal?.aborted) throw error;
      const granted = await standingGrants(client, drive, item, request, options);
      if (granted !== undefined) return granted;
      const repeats = request.sendInvitation && ['network', 'service', 'throttled'].includes(error.code);
      if (!repeats || sent >= maxSends) throw error;
    }
  }
}

/** Returns the permissions of all recipients; undefined if one is missing or they cannot be read. */
async function standingGrants(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  { recipients, roles }: InviteRequest,
  { signal }: CallOptions,
): Promise<readonly Permission[] | undefined> {
  const permissions: Permission[] = [];
  try {
    for await (const one of listPermissions(client, drive, item, { signal })) permissions.push(one);
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    return undefined;
  }
  const grants = recipients.map((recipient) =>
    permissions.find(
      (one) =>
        roles.every((role) => one.roles?.includes(role)) &&
        one.inheritedFrom === undefined &&
        namesOf(one).some((name) => isSame(name, recipient.email) || isSame(name, recipient.objectId)),
    ),
  );
  return grants.every((grant) => grant !== undefined) ? grants : undefined;
}

const isSame = (name: string, wanted: string | undefined): boolean =>
  wanted !== undefined && name.toLowerCase() === wanted.toLowerCase();

/** Every text in a permission that may identify its recipient: addresses, ids, login names. */
function namesOf({
  invitation,
  grantedTo,
  grantedToV2,
  grantedToIdentities,
  grantedToIdentitiesV2,
}: Permission) {
  return textsOf([
    invitation?.email,
    invitation?.redeemedBy,
    grantedTo,
    grantedToV2,
    grantedToIdentities,
    grantedToIdentitiesV2,
  ]);
}

function textsOf(value: unknown): string[] {
  // `i:0#.f|membership|a@b.c` is SharePoint's format of a login name.
  if (typeof value === 'string') return [value.slice(value.lastIndexOf('|') + 1)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
