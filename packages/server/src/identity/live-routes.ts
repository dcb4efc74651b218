/** The sign-in routes of login.live.com, for clients of the Live v5.0 API. */

import type { Route, RouteContext } from '../core/route.ts';
import { nativeClientPage } from '../page/answer-pages.ts';
import { liveAuthorize } from './live-authorize.ts';
import { liveToken } from './live-token-endpoint.ts';
import { logout } from './logout.ts';

const source = 'MSDN hh243647, "OAuth 2.0" of the Live SDK';

export const liveOAuthRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/oauth20_authorize.srf',
    source,
    opensFromAnySite: 'frame',
    handle: liveAuthorize,
  },
  { method: 'POST', pattern: '/oauth20_authorize.srf', source, handle: liveAuthorize },
  { method: 'POST', pattern: '/oauth20_token.srf', source, handle: liveToken },
  { method: 'GET', pattern: '/oauth20_logout.srf', source, opensFromAnySite: 'frame', handle: liveLogout },
  {
    method: 'GET',
    pattern: '/oauth20_desktop.srf',
    source,
    opensFromAnySite: 'frame',
    handle: async ({ query }) => nativeClientPage(query.has('error')),
  },
];

/** The older name of the parameter with the address to return to. */
function liveLogout(context: RouteContext) {
  const query = new URLSearchParams(context.query);
  const back = query.get('redirect_uri');
  if (back !== null && !query.has('post_logout_redirect_uri')) query.set('post_logout_redirect_uri', back);
  return logout({ ...context, query });
}
