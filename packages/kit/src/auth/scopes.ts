/**
 * The scopes requested at sign-in: by default for the user's own files, never the `.All` scopes for all
 * users' files. Source: https://learn.microsoft.com/graph/permissions-reference
 */
import { type CloudName, clouds } from './clouds.ts';

/** The user's identity, a refresh token, name and address, and their own files. */
export const defaultScopes: readonly string[] = [
  'openid',
  'profile',
  'offline_access',
  'User.Read',
  'Files.ReadWrite',
];

/** The scopes that the older tool requested from login.live.com. */
export const liveScopes: readonly string[] = ['wl.skydrive', 'wl.skydrive_update', 'wl.offline_access'];

const protocolScopes = ['openid', 'profile', 'email', 'offline_access'];

/**
 * The scopes of a profile, plus `offline_access`, which the program requires. Outside the global cloud, a
 * Graph scope begins with the address of that cloud's Graph.
 */
export function requestScopes(profile: {
  readonly scopes: readonly string[] | undefined;
  readonly cloud: CloudName;
  readonly api?: 'graph' | 'live-v5' | undefined;
}): readonly string[] {
  if (profile.api === 'live-v5') return profile.scopes ?? liveScopes;
  const wanted = profile.scopes ?? defaultScopes;
  const complete = wanted.includes('offline_access') ? wanted : ['offline_access', ...wanted];
  if (profile.cloud === 'global') return complete;
  return complete.map((scope) =>
    protocolScopes.includes(scope) || scope.includes('://')
      ? scope
      : `${clouds[profile.cloud].graph}/${scope}`,
  );
}
