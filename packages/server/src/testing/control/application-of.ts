/**
 * Determines to whose budget a request is charged. The service counts by application and tenant, and identifies an
 * application by its token; requests without one are distinguished by `User-Agent`, as Microsoft asks applications to.
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
import type { ServerRequest } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import { accessTokens } from '../../identity/records.ts';

/** The client id of the request's token; without a token, its `User-Agent`. */
export function applicationOf(world: World): (request: ServerRequest) => string {
  return ({ headers }) => {
    const token = /^bearer\s+(\S+)/i.exec(headers['authorization'] ?? '')?.[1];
    const digest = token === undefined ? undefined : world.digest(token);
    const record =
      digest === undefined
        ? undefined
        : (world.processTokens.get(digest) ??
          world.storage.read((records) => accessTokens.get(records, digest)));
    return record === undefined ? `agent ${headers['user-agent'] ?? ''}` : `application ${record.clientId}`;
  };
}
