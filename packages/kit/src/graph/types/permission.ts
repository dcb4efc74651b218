/** Permissions: who can access an item, and with which link. */
import type { Identity, IdentitySet, SharePointIdentitySet } from './identity.ts';
import type { ItemReference } from './item-reference.ts';

/** https://learn.microsoft.com/graph/api/resources/permission */
export interface Permission {
  readonly id: string;
  /** `read`, `write`, `owner`, or a SharePoint level. */
  readonly roles?: readonly string[];
  readonly link?: SharingLink;
  readonly hasPassword?: boolean;
  readonly shareId?: string;
  /** ISO 8601; `0001-01-01T00:00:00Z` means never. */
  readonly expirationDateTime?: string;
  readonly grantedTo?: IdentitySet;
  readonly grantedToIdentities?: readonly IdentitySet[];
  readonly grantedToV2?: SharePointIdentitySet;
  readonly grantedToIdentitiesV2?: readonly SharePointIdentitySet[];
  readonly inheritedFrom?: ItemReference;
  readonly invitation?: SharingInvitation;
}

/** https://learn.microsoft.com/graph/api/resources/sharinglink */
export interface SharingLink {
  /** `view`, `edit` or `embed`. */
  readonly type?: string;
  /** `anonymous`, `organization`, `users` or `existingAccess`. */
  readonly scope?: string;
  readonly webUrl?: string;
  /** An `<iframe>`; only for `embed`, only on personal drives. */
  readonly webHtml?: string;
  readonly preventsDownload?: boolean;
  readonly application?: Identity;
}

/** https://learn.microsoft.com/graph/api/resources/sharinginvitation */
export interface SharingInvitation {
  readonly email?: string;
  readonly invitedBy?: IdentitySet;
  readonly redeemedBy?: string;
  readonly signInRequired?: boolean;
}

/** The body of createLink. https://learn.microsoft.com/graph/api/driveitem-createlink#request-body */
export interface CreateLinkRequest {
  readonly type: 'view' | 'edit' | 'embed';
  /** Absent: the default of the organization or the account. */
  readonly scope?: 'anonymous' | 'organization' | 'users';
  /** Personal drives only. */
  readonly password?: string;
  /** ISO 8601, UTC. */
  readonly expirationDateTime?: string;
  readonly retainInheritedPermissions?: boolean;
}
