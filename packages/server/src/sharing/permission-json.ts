/**
 * The JSON view of a permission: https://learn.microsoft.com/graph/api/resources/permission. Personal drives return
 * `grantedTo`, business drives return that and the `…V2` forms.
 */
import { timestamp } from '../core/timestamps.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { siteOfDrive } from '../lists/site-record.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import type { Links } from './links.ts';
import type { PermissionRecord } from './permission-record.ts';

/** Whether to include the secrets of a link and its users: only for callers who may share the item. */
export interface PermissionView {
  readonly secrets?: boolean;
  /** Accounts by id. */
  readonly people?: (id: string) => AccountRecord | undefined;
  /** The folder from which the permission is inherited. */
  readonly inheritedFrom?: Json | undefined;
}

/** The whole permission. */
export function permissionJson(
  permission: PermissionRecord,
  drive: DriveRecord,
  item: ItemRecord,
  links: Links,
  view: PermissionView = {},
): Json {
  const { expires, password, link } = permission;
  const secrets = view.secrets ?? true;
  return {
    id: permission.id,
    roles: permission.roles,
    ...(link === undefined
      ? {}
      : {
          ...(secrets ? { shareId: link.token } : {}),
          link: linkJson(permission, drive, item, links, secrets),
        }),
    ...(permission.invitation === undefined ? {} : invitationJson(permission, view)),
    hasPassword: password !== undefined,
    ...(expires === undefined ? {} : { expirationDateTime: timestamp(expires, 'personal') }),
    ...grantedTo(permission, drive, view),
    ...(view.inheritedFrom === undefined ? {} : { inheritedFrom: view.inheritedFrom }),
  };
}

function invitationJson({ invitation, invitedBy }: PermissionRecord, { people }: PermissionView): Json {
  const by = invitedBy === undefined ? undefined : people?.(invitedBy);
  return {
    invitation: {
      email: invitation?.email,
      signInRequired: invitation?.signInRequired,
      ...(by === undefined ? {} : { invitedBy: { user: { id: by.id, displayName: by.displayName } } }),
    },
  };
}

interface Person {
  readonly id?: string | undefined;
  readonly displayName: string;
  readonly email?: string | undefined;
}

function grantedTo(permission: PermissionRecord, drive: DriveRecord, view: PermissionView): Json {
  const business = drive.kind !== 'personal';
  const { invitation, link, application } = permission;
  if (application !== undefined) return { grantedToV2: { application }, grantedTo: { application } };
  if (link !== undefined) {
    const holders = (permission.people ?? []).flatMap((id) => view.people?.(id) ?? []);
    const all = holders.map((account) => ({ user: personOf(account, business) }));
    return business
      ? { grantedToIdentitiesV2: all, grantedToIdentities: all }
      : { ...(all.length > 0 ? { grantedToIdentities: all } : {}) };
  }
  if (invitation?.id === undefined) return {};
  const user: Person = { id: invitation.id, displayName: invitation.displayName };
  return identities(business ? { ...user, email: invitation.email } : user, business);
}

const personOf = ({ id, displayName, mail }: AccountRecord, business: boolean): Person =>
  business ? { id, displayName, email: mail } : { id, displayName };

function identities(user: Person, business: boolean): Json {
  if (!business) return { grantedTo: { user } };
  const loginName = `i:0#.f|membership|${user.email ?? user.id ?? ''}`;
  const siteUser = { id: '1', displayName: user.displayName, email: user.email, loginName };
  return { grantedToV2: { user, siteUser }, grantedTo: { user } };
}

/** The permission of the drive's owner on every item in it. */
export function ownerPermissionJson(records: Records, drive: DriveRecord): Json {
  const business = drive.kind !== 'personal';
  const site = siteOfDrive(records, drive);
  if (site !== undefined) {
    const name = `${site.displayName} Owners`;
    const siteGroup = { id: '3', displayName: name, loginName: name };
    return {
      id: 'owners',
      roles: ['owner'],
      grantedToV2: { siteGroup },
      grantedTo: { user: { displayName: name } },
    };
  }
  const owner = accounts.get(records, drive.ownerId);
  const user = owner === undefined ? { id: drive.ownerId, displayName: '' } : personOf(owner, business);
  return { id: 'owner', roles: ['owner'], ...identities(user, business) };
}

function linkJson(
  permission: PermissionRecord,
  drive: DriveRecord,
  item: ItemRecord,
  links: Links,
  secrets: boolean,
): Json {
  const { link } = permission;
  if (link === undefined) return {};
  const application = { id: permission.clientId, displayName: 'Application' };
  const common = { type: link.type, scope: link.scope, preventsDownload: false, application };
  if (!secrets) return common;
  const webUrl = links.share(drive, item, link.token);
  if (link.type !== 'embed') return { ...common, webUrl };
  const src = links.embed(drive, item, link.token);
  const webHtml = `<iframe src="${src.replaceAll('&', '&amp;')}" width="98" height="120" frameborder="0" scrolling="no"></iframe>`;
  return { ...common, webUrl: src, webHtml };
}
