/**
 * The scopes that each operation requires. Names: MSDN hh243646, "Scopes and permissions"; Microsoft's migration guide maps
 * them to those of Graph, and tokens with Graph's scopes are accepted here too.
 */
import { allows } from '../identity/scopes.ts';

export type LiveAccess = 'basic' | 'read' | 'write';

const enough: Readonly<Record<LiveAccess, readonly string[]>> = {
  basic: ['wl.basic', 'wl.signin'],
  read: ['wl.skydrive', 'wl.skydrive_update', 'wl.photos', 'wl.contacts_skydrive'],
  write: ['wl.skydrive_update'],
};

/** The scopes of which one is required, for the error message. */
export function neededFor(access: LiveAccess): readonly string[] {
  return access === 'read' ? ['wl.skydrive', 'wl.skydrive_update', 'wl.photos'] : enough[access];
}

/** Whether a token with these scopes allows the access. Scopes for the drive also allow reading its owner. */
export function liveAllows(granted: readonly string[], access: LiveAccess): boolean {
  if (access === 'basic') return granted.length > 0;
  const lower = granted.map((scope) => scope.toLowerCase());
  if (lower.some((scope) => enough[access].includes(scope))) return true;
  return allows(granted, access === 'write' ? 'files.write' : 'files.read');
}

/** Whether one of the scopes was granted, or the token has Graph's scopes, which are not divided in this way. */
export function hasLiveScope(granted: readonly string[], scope: string): boolean {
  const lower = granted.map((name) => name.toLowerCase());
  return lower.includes(scope) || !lower.some((name) => name.startsWith('wl.'));
}
