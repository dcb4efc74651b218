/** The signed-in user. Source: MSDN hh243648, "REST reference", User object and Permissions object. */
import { empty } from '../../core/answers.ts';
import { hasLiveScope } from '../live-access.ts';
import { liveTime } from '../live-time.ts';
import type { Json } from '../object-json.ts';
import type { LiveAnswer, LiveContext, LiveRoute } from './live-route.ts';

const source = 'MSDN hh243648, "REST reference"';

export const userRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'user', tail: '', access: 'basic', source, handle: me },
  { method: 'GET', on: 'user', tail: 'permissions', access: 'basic', source, handle: permissions },
  { method: 'GET', on: 'user', tail: 'picture', access: 'basic', source, handle: picture },
];

async function me({ caller, links, drive, world }: LiveContext): Promise<LiveAnswer> {
  const { account, scopes } = caller;
  const json = {
    id: account.id,
    name: account.displayName,
    first_name: account.givenName,
    last_name: account.surname,
    link: `${world.settings.webOrigin ?? links.origin}/?cid=${account.id}`,
    gender: null,
    ...personal(scopes, account.mail),
    locale: 'en_US',
    updated_time: liveTime(drive.created),
  };
  return { status: 200, json };
}

const address = { street: null, street_2: null, city: null, state: null, postal_code: null, region: null };

/** Personal data of a user that is returned only if the application has the permission for it. */
function personal(scopes: readonly string[], mail: string): Json {
  return {
    ...(hasLiveScope(scopes, 'wl.birthday') ? { birth_day: null, birth_month: null, birth_year: null } : {}),
    ...(hasLiveScope(scopes, 'wl.work_profile') ? { work: [] } : {}),
    ...(hasLiveScope(scopes, 'wl.emails')
      ? { emails: { preferred: mail, account: mail, personal: null, business: null, other: null } }
      : {}),
    ...(hasLiveScope(scopes, 'wl.postal_addresses')
      ? { addresses: { personal: address, business: address } }
      : {}),
    ...(hasLiveScope(scopes, 'wl.phone_numbers')
      ? { phones: { personal: null, business: null, mobile: null } }
      : {}),
  };
}

async function permissions({ caller }: LiveContext): Promise<LiveAnswer> {
  return { status: 200, json: { data: [Object.fromEntries(caller.scopes.map((scope) => [scope, 1]))] } };
}

async function picture({ links }: LiveContext): Promise<LiveAnswer> {
  return { response: empty(302, { Location: `${links.origin}/_live/user-picture` }) };
}
