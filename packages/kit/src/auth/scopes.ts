/**
 * What is asked for at sign-in: by default the person's own files, never the `.All` scopes that reach everybody's.
 * Source: https://learn.microsoft.com/graph/permissions-reference
 */
import { type CloudName, clouds } from './clouds.ts';

/** Who, a refresh token, the person's name and address, and their own files. */
export const defaultScopes: readonly string[] = [
  'openid',
  'profile',
  'offline_access',
  'User.Read',
  'Files.ReadWrite',
];

/** What the older tool asked login.live.com for. */
export const liveScopes: readonly string[] = ['wl.skydrive', 'wl.skydrive_update', 'wl.offline_access'];

const protocolScopes = ['openid', 'profile', 'email', 'offline_access'];

/**
 * The scopes of a profile, with what the program itself cannot do without (`offline_access`). Outside the global cloud
 * a scope of Graph carries the address of that cloud's Graph.
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
