/** Identities: who did something, as Microsoft Graph records it in items, drives and permissions. */

/** A user, an application or a device. https://learn.microsoft.com/graph/api/resources/identity */
export interface Identity {
  readonly id?: string;
  readonly displayName?: string;
}

/** At most one identity of each kind. https://learn.microsoft.com/graph/api/resources/identityset */
export interface IdentitySet {
  readonly user?: Identity;
  readonly application?: Identity;
  readonly device?: Identity;
}

/** A SharePoint principal. https://learn.microsoft.com/graph/api/resources/sharepointidentity */
export interface SharePointIdentity extends Identity {
  readonly loginName?: string;
}

/** {@link IdentitySet} with groups. https://learn.microsoft.com/graph/api/resources/sharepointidentityset */
export interface SharePointIdentitySet extends IdentitySet {
  readonly group?: Identity;
  readonly siteGroup?: SharePointIdentity;
  readonly siteUser?: SharePointIdentity;
}

/** The signed-in user. https://learn.microsoft.com/graph/api/resources/user */
export interface User {
  readonly id: string;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly mail?: string;
  /** The sign-in name, which looks like an e-mail address. */
  readonly userPrincipalName?: string;
  readonly preferredLanguage?: string;
  readonly jobTitle?: string;
  readonly mobilePhone?: string;
  readonly officeLocation?: string;
  readonly businessPhones?: readonly string[];
}
