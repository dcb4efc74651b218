/**
 * Who calls. An anonymous link of a personal drive is redeemed without a token:
 * https://learn.microsoft.com/graph/api/shares-get
 */

import { authenticate, type Caller } from '../identity/access-tokens.ts';
import { anonymousAccount } from '../people/account-record.ts';
import { findShare } from '../sharing/shares.ts';
import type { ServerRequest } from './http.ts';
import { readSegments } from './path-segments.ts';
import type { World } from './world.ts';

/** May do what a link allows, and no more: guard.ts sees to that. */
const anonymous: Caller = { account: anonymousAccount, clientId: '', scopes: ['Files.ReadWrite'] };

/** @param path the part of the URL's path after the API prefix. @throws ServiceError 401. */
export function callerOf(request: ServerRequest, world: World, path: string): Caller {
  if (request.headers['authorization'] === undefined && /^\/shares\//i.test(path)) {
    const [, token] = readSegments(path, () => null);
    const access = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
    if (token !== undefined && isOpen(world, token.text, access)) return anonymous;
  }
  return authenticate(request, world);
}

/** Does the token stand for an anonymous link that needs no account, for reading or for that too? */
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
