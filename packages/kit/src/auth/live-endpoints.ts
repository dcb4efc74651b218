/**
 * The addresses of the Live v5.0 API, its uploads and its sign-in. Microsoft switched them off in 2018; a
 * test server serves all three at one address.
 */
import { type Endpoints, origin } from './endpoints.ts';

/** Without trailing slashes; `{user}` stands for a user id. */
export interface LiveAddresses {
  readonly baseUrl: string;
  readonly storageUrl: string;
  /** Sign-in. */
  readonly login: string;
}

/** @param live the address of a test server. @throws OneDriveError `config` for an invalid address. */
export function liveAddresses(live?: string): LiveAddresses {
  if (live === undefined) {
    return {
      baseUrl: 'https://apis.live.net/v5.0',
      storageUrl: 'https://cid-{user}.users.storage.live.com',
      login: 'https://login.live.com',
    };
  }
  const server = origin(live, 'endpoints.live').replace(/\/v5\.0$/, '');
  return { baseUrl: `${server}/v5.0`, storageUrl: server, login: server };
}

/** The same as a sign-in service: MSDN hh243647, "OAuth 2.0" of the Live SDK. */
export function liveEndpoints(live?: string): Endpoints {
  const { login } = liveAddresses(live);
  return {
    authority: login,
    tenant: 'consumers',
    graphBaseUrl: liveAddresses(live).baseUrl,
    insecureLoopback: login.startsWith('http:'),
    server: {
      issuer: login,
      authorization_endpoint: `${login}/oauth20_authorize.srf`,
      token_endpoint: `${login}/oauth20_token.srf`,
      end_session_endpoint: `${login}/oauth20_logout.srf`,
    },
  };
}
