/**
 * Profile photos of users and groups, which this server does not have. Programs that show the signed-in user request one,
 * and continue without it. https://learn.microsoft.com/graph/api/profilephoto-get; code and message as recorded from the
 * service.
 */
import type { ServerResponse } from '../core/http.ts';
import { ServiceError } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import { findGroup } from '../lists/sites.ts';
import { findUser } from './user-routes.ts';

const owners: Readonly<Record<string, (context: GraphContext) => unknown>> = {
  me: ({ caller }) => signedInPerson(caller),
  'users/{user}': (context) => findUser(context, param(context, 'user')),
  'groups/{group}': (context) =>
    context.world.storage.read((records) => findGroup(records, param(context, 'group'))),
};
const photoPaths = ['photo', 'photo/$value', 'photos/{size}', 'photos/{size}/$value'];

export const photoRoutes: readonly GraphRoute[] = Object.entries(owners).flatMap(([owner, find]) =>
  photoPaths.map((tail) => ({
    method: 'GET',
    path: `${owner}/${tail}`,
    writes: false,
    access: 'any' as const,
    source: 'https://learn.microsoft.com/graph/api/profilephoto-get',
    lacks: 'Users and groups have no photos.',
    handle: async (context: GraphContext): Promise<ServerResponse> => {
      find(context);
      throw new ServiceError(
        404,
        'ImageNotFound',
        "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
      );
    },
  })),
);
