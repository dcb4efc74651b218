/** The way into the older wire: which requests are its own, and the addresses that stand beside its API. */
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import type { Route } from '../../core/route.ts';
import type { World } from '../../core/world.ts';
import { liveOAuthRoutes } from '../../identity/live-routes.ts';
import { dispatchBits, isBitsRequest } from './bits-dispatch.ts';
import { dispatchLive, isLivePath } from './live-dispatch.ts';
import { pictureRoutes } from './picture-routes.ts';

/** Sign-in under login.live.com, and images that need no token. */
export const liveFlatRoutes: readonly Route[] = [...liveOAuthRoutes, ...pictureRoutes];

/** Answers a request to the v5.0 API or to its upload hosts; undefined for every other one. */
export function answerLive(request: ServerRequest, world: World): Promise<ServerResponse> | undefined {
  if (request.method === 'OPTIONS') return undefined;
  if (isLivePath(request.url.pathname)) return dispatchLive(request, world);
  return isBitsRequest(request) ? dispatchBits(request, world) : undefined;
}
