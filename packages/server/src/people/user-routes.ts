/** The signed-in user and the drives of a user. */
import { json } from '../core/answers.ts';
import { selectProperties } from '../core/odata/select.ts';
import { noSuchObject } from '../core/service-error.ts';
import { drives } from '../files/drives/drive-record.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { answerDrives } from '../files/drives/expand-drive.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import { type AccountRecord, accountsCalled } from './account-record.ts';
import { userJson, wholeUserJson } from './directory-json.ts';

const docs = 'https://learn.microsoft.com/graph/api';

export const userRoutes: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: 'me',
    writes: false,
    access: 'any',
    source: `${docs}/user-get`,
    handle: async (context) => userAnswer(context, signedInPerson(context.caller)),
  },
  {
    method: 'GET',
    path: 'users/{user}',
    writes: false,
    access: 'any',
    source: `${docs}/user-get`,
    handle: async (context) => userAnswer(context, findUser(context, param(context, 'user'))),
  },
  {
    method: 'GET',
    path: 'me/drives',
    writes: false,
    access: 'files',
    source: `${docs}/drive-list`,
    handle: async (context) => drivesAnswer(context, signedInPerson(context.caller)),
  },
  {
    method: 'GET',
    path: 'drives',
    writes: false,
    access: 'files',
    source: `${docs}/drive-list`,
    handle: async (context) => drivesAnswer(context, context.caller.account),
  },
  {
    method: 'GET',
    path: 'users/{user}/drives',
    writes: false,
    access: 'files',
    source: `${docs}/drive-list`,
    handle: async (context) => drivesAnswer(context, findUser(context, param(context, 'user'))),
  },
];

/** The account with that id or userPrincipalName. @throws ServiceError 404. */
export function findUser(context: GraphContext, name: string): AccountRecord {
  const [user] = context.world.storage.read((records) => accountsCalled(records, name));
  if (user === undefined) throw noSuchObject(name);
  return user;
}

function userAnswer(context: GraphContext, account: AccountRecord) {
  const { select } = context.options;
  const selected =
    select === undefined ? userJson(account) : selectProperties(wholeUserJson(account), select);
  return json(200, { '@odata.context': `${context.links.base}/$metadata#users/$entity`, ...selected });
}

/** Users see their own drives; applications those of all users. */
function maySeeDrivesOf(owner: AccountRecord, { caller: { account } }: GraphContext): boolean {
  return account.application === true || owner.id === account.id;
}

function drivesAnswer(context: GraphContext, owner: AccountRecord) {
  return context.world.storage.read((records) => {
    const own = maySeeDrivesOf(owner, context) ? drives.find(records, `owner:${owner.id}`) : [];
    return answerDrives(records, context, own);
  });
}
