/**
 * Whose budget a request is on. The service counts by application and tenant, and knows an application by its token;
 * requests without one are told apart by their `User-Agent`, with which applications are asked to name themselves.
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */
import type { ServerRequest } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import { accessTokens } from '../../identity/records.ts';

/** The client id of the token that a request carries, else its `User-Agent`. */
export function applicationOf(world: World): (request: ServerRequest) => string {
  return ({ headers }) => {
    const token = /^bearer\s+(\S+)/i.exec(headers['authorization'] ?? '')?.[1];
    const digest = token === undefined ? undefined : world.digest(token);
    const known =
      digest === undefined
        ? undefined
        : (world.processTokens.get(digest) ??
          world.storage.read((records) => accessTokens.get(records, digest)));
    return known === undefined ? `agent ${headers['user-agent'] ?? ''}` : `application ${known.clientId}`;
  };
}
