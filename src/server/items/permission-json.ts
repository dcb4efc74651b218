/** A permission as it goes on the wire: https://learn.microsoft.com/graph/api/resources/permission */
import { timestamp } from '../domain/timestamps.ts';
import type { DriveRecord } from '../storage/records/drive-record.ts';
import type { ItemRecord } from '../storage/records/item-record.ts';
import type { PermissionRecord } from '../storage/records/permission-record.ts';
import type { Json } from './item-json.ts';
import type { Links } from './links.ts';

/** The whole permission. */
export function permissionJson(
  permission: PermissionRecord,
  drive: DriveRecord,
  item: ItemRecord,
  links: Links,
): Json {
  const business = drive.kind !== 'personal' ? { grantedToIdentitiesV2: [], grantedToIdentities: [] } : {};
  const { expires, password, link } = permission;
  return {
    id: permission.id,
    roles: permission.roles,
    ...(link === undefined ? {} : { shareId: link.token, link: linkJson(permission, drive, item, links) }),
    hasPassword: password !== undefined,
    ...(expires === undefined ? {} : { expirationDateTime: timestamp(expires, 'personal') }),
    ...business,
  };
}

function linkJson(permission: PermissionRecord, drive: DriveRecord, item: ItemRecord, links: Links): Json {
  const { link } = permission;
  if (link === undefined) return {};
  const application = { id: permission.clientId, displayName: 'Application' };
  const common = { type: link.type, scope: link.scope, preventsDownload: false, application };
  const webUrl = links.share(drive, item, link.token);
  if (link.type !== 'embed') return { ...common, webUrl };
  const src = links.embed(drive, item, link.token);
  const webHtml = `<iframe src="${src.replaceAll('&', '&amp;')}" width="98" height="120" frameborder="0" scrolling="no"></iframe>`;
  return { ...common, webUrl: src, webHtml };
}
