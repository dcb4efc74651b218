/**
 * The JSON views of users and groups, with Graph's default properties:
 * https://learn.microsoft.com/graph/api/resources/user, …/group
 */
import { timestamp } from '../core/timestamps.ts';
import type { Json } from '../files/items/item-json.ts';
import type { GroupRecord, SiteRecord } from '../lists/site-record.ts';
import type { AccountRecord } from './account-record.ts';

/** A user. */
export function userJson(account: AccountRecord): Json {
  return {
    businessPhones: [],
    displayName: account.displayName,
    givenName: account.givenName,
    jobTitle: null,
    mail: account.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: account.surname,
    userPrincipalName: account.userPrincipalName,
    id: account.id,
  };
}

/** Properties of a user that are only returned on request. */
export function wholeUserJson(account: AccountRecord): Json {
  return {
    ...userJson(account),
    accountEnabled: true,
    department: null,
    mailNickname: account.userPrincipalName.split('@')[0],
    usageLocation: null,
    userType: 'Member',
  };
}

/** A group that owns `site`. The server has only such groups. */
export function groupJson(group: GroupRecord, site: SiteRecord): Json {
  return {
    id: group.id,
    createdDateTime: timestamp(site.created),
    description: null,
    displayName: group.displayName,
    groupTypes: ['Unified'],
    mail: group.mail,
    mailEnabled: true,
    mailNickname: group.mail.split('@')[0],
    securityEnabled: false,
    visibility: site.members === undefined ? 'Public' : 'Private',
  };
}
