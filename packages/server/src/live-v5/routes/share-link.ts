/**
 * A sharing link of Live v5.0: a permission of the drive, as Graph's createLink creates it, so that both APIs show it and
 * apply it. The object is treated as shared from then on, whether or not the link is used.
 */
import { secretName } from '../../sharing/links.ts';
import { type PermissionRecord, permissionsOf } from '../../sharing/permission-record.ts';
import { putPermission } from '../../sharing/permissions.ts';
import type { Records } from '../../storage/storage.ts';
import type { LiveItemContext } from './live-route.ts';

type LinkType = NonNullable<PermissionRecord['link']>['type'];

export interface ShareLink {
  readonly url: string;
  /** The iframe that shows the object inside another page. */
  readonly html: string;
}

/** Creates the link, or returns the existing one. */
export function shareLink(context: LiveItemContext, type: LinkType): ShareLink {
  const { world, item, drive, links } = context;
  return world.storage.write((records) => {
    const existing = permissionsOf(records, item.key).find((one) => isSame(one, type, context));
    const token = (existing ?? createPermission(records, context, type)).link?.token ?? '';
    const url = links.share(drive, item, token);
    const frame = links.embed(drive, item, token);
    return {
      url,
      html: `<iframe src="${frame}" width="98" height="120" frameborder="0" scrolling="no"></iframe>`,
    };
  });
}

/** Links of v5.0 are anonymous, without a password and an expiry. */
function isSame(
  { link, clientId, password, expires }: PermissionRecord,
  type: LinkType,
  context: LiveItemContext,
): boolean {
  const plain = password === undefined && expires === undefined;
  return plain && link?.type === type && link.scope === 'anonymous' && clientId === context.caller.clientId;
}

function createPermission(
  records: Records,
  { world, item, drive, caller }: LiveItemContext,
  type: LinkType,
): PermissionRecord {
  return putPermission(records, {
    id: secretName(world),
    drive: drive.id,
    item: item.key,
    roles: [type === 'edit' ? 'write' : 'read'],
    link: { type, scope: 'anonymous', token: secretName(world) },
    clientId: caller.clientId,
    created: world.clock.now(),
    invitedBy: caller.account.id,
  });
}
