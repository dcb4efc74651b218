/**
 * Who calls. An anonymous link of a personal drive is redeemed without a token:
 * https://learn.microsoft.com/graph/api/shares-get
 */
import { readSegments } from '../../domain/path-segments.ts';
import type { ServerRequest } from '../../http.ts';
import { findShare } from '../../items/shares.ts';
import { authenticate, type Caller } from '../../oauth/access-tokens.ts';
import type { World } from '../../world.ts';

/** Nobody in particular; may read what a link shows. */
const anonymous: Caller = {
  account: {
    id: '',
    kind: 'personal',
    userPrincipalName: '',
    displayName: 'Anonymous',
    givenName: '',
    surname: '',
    mail: '',
    driveId: '',
  },
  clientId: '',
  scopes: ['Files.Read'],
};

/** @param path the part of the URL's path after the API prefix. @throws ServiceError 401. */
export async function callerOf(request: ServerRequest, world: World, path: string): Promise<Caller> {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (request.headers['authorization'] === undefined && reading && path.startsWith('/shares/')) {
    const [, token] = readSegments(path, () => null);
    if (token !== undefined && isOpen(world, token.name)) return anonymous;
  }
  return authenticate(request, world);
}

/** Does the token stand for an anonymous link that needs no account? */
function isOpen(world: World, token: string): boolean {
  try {
    return world.storage.read((records) => {
      const { drive, permission } = findShare(records, token, world.clock.now());
      return drive.kind === 'personal' && permission?.link?.scope === 'anonymous';
    });
  } catch {
    return false;
  }
}
