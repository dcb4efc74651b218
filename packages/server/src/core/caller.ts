/**
 * Determines the caller of a request. Anonymous links of a personal drive can be used without a token:
 * https://learn.microsoft.com/graph/api/shares-get
 */

import { authenticate, type Caller } from '../identity/access-tokens.ts';
import { anonymousAccount } from '../people/account-record.ts';
import { findShare } from '../sharing/shares.ts';
import type { ServerRequest } from './http.ts';
import { readSegments } from './path-segments.ts';
import type { World } from './world.ts';

/** A caller with no permissions except those of the link; guard.ts checks that. */
const anonymous: Caller = { account: anonymousAccount, clientId: '', scopes: ['Files.ReadWrite'] };

/** Returns the caller. @param path the part of the URL's path after the API prefix. @throws ServiceError 401. */
export function callerOf(request: ServerRequest, world: World, path: string): Caller {
  if (request.headers['authorization'] === undefined && /^\/shares\//i.test(path)) {
    const [, token] = readSegments(path, () => null);
    const access = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
    if (token !== undefined && isOpen(world, token.text, access)) return anonymous;
  }
  return authenticate(request, world);
}

/** Whether the path contains an anonymous link that allows this access without an account. */
function isOpen(world: World, token: string, access: 'read' | 'write'): boolean {
  try {
    return world.storage.read((records) => {
      const { drive, permission } = findShare(records, token, world.clock.now());
      const open = drive.kind === 'personal' && permission?.link?.scope === 'anonymous';
      return open && (access === 'read' || permission.roles.includes('write'));
    });
  } catch {
    return false;
  }
}
