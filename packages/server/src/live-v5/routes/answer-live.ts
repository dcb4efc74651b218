/** The entry to Live v5.0: its API, its upload hosts, its sign-in and its images. */
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import type { Route } from '../../core/route.ts';
import type { World } from '../../core/world.ts';
import { liveOAuthRoutes } from '../../identity/live-routes.ts';
import { dispatchBits, isBitsRequest } from './bits-dispatch.ts';
import { dispatchLive, isLivePath } from './live-dispatch.ts';
import { pictureRoutes } from './picture-routes.ts';

/** Sign-in routes of login.live.com, and pre-authenticated images. */
export const liveFlatRoutes: readonly Route[] = [...liveOAuthRoutes, ...pictureRoutes];

/** Handles a request to the v5.0 API or its upload hosts; undefined for all other requests. */
export function answerLive(request: ServerRequest, world: World): Promise<ServerResponse> | undefined {
  if (request.method === 'OPTIONS') return undefined;
  if (isLivePath(request.url.pathname)) return dispatchLive(request, world);
  return isBitsRequest(request) ? dispatchBits(request, world) : undefined;
}
