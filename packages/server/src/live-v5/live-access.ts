/**
 * Which scopes let a token do what. Names: MSDN hh243646, "Scopes and permissions"; Microsoft's migration guide maps
 * them to those of Graph, and tokens with Graph's scopes are welcome here too.
 */
import { allows } from '../identity/scopes.ts';

export type LiveAccess = 'basic' | 'read' | 'write';

const enough: Readonly<Record<LiveAccess, readonly string[]>> = {
  basic: ['wl.basic', 'wl.signin'],
  read: ['wl.skydrive', 'wl.skydrive_update', 'wl.photos', 'wl.contacts_skydrive'],
  write: ['wl.skydrive_update'],
};

/** The scopes of which one is needed, for the refusal. */
export function neededFor(access: LiveAccess): readonly string[] {
  return access === 'read' ? ['wl.skydrive', 'wl.skydrive_update', 'wl.photos'] : enough[access];
}

/** Does a token with these scopes allow that? Who may use the drive may also ask whose it is. */
export function liveAllows(granted: readonly string[], access: LiveAccess): boolean {
  if (access === 'basic') return granted.length > 0;
  const lower = granted.map((scope) => scope.toLowerCase());
  if (lower.some((scope) => enough[access].includes(scope))) return true;
  return allows(granted, access === 'write' ? 'files.write' : 'files.read');
}

/** Is one scope among those granted, or is the token one of Graph's, which know no such split? */
export function hasLiveScope(granted: readonly string[], scope: string): boolean {
  const lower = granted.map((name) => name.toLowerCase());
  return lower.includes(scope) || !lower.some((name) => name.startsWith('wl.'));
}
