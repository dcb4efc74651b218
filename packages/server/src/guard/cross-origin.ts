/**
 * What a page of another site may do: open the pages that are made for users, and nothing else. It receives no tokens and no
 * data and cannot make changes. A page on this machine or of an allowed origin may call the API with its own token.
 */
import type { ServerRequest } from '../core/http.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { type Initiator, initiatorOf } from './initiator.ts';
import { isListedOrigin } from './listed-origins.ts';

type Listing = Pick<World, 'settings' | 'storage'>;

/** The initiator of a request to this server. */
export function initiator(request: ServerRequest, world: Listing): Initiator {
  return initiatorOf(request, (origin) => isListedOrigin(world, origin));
}

/** The origin that may read the response to `request`; undefined: none, or the request does not come from a page. */
export function readableBy(request: ServerRequest, world: Listing): string | undefined {
  const { origin } = request.headers;
  return origin === undefined || initiator(request, world) === 'foreign' ? undefined : origin;
}

/**
 * Refuses requests that a page of another site may not send.
 * @param openness whether links on any site may open the address, in a window only or also in a frame.
 * @throws ServiceError 403
 */
export function refuseForeign(
  request: ServerRequest,
  world: Listing,
  openness: () => 'window' | 'frame' | undefined,
): void {
  if (initiator(request, world) !== 'foreign') return;
  const opened = navigation(request);
  if (opened !== undefined && (openness() === 'frame' || openness() === opened)) return;
  throw new ServiceError(
    403,
    'accessDenied',
    'Pages of other sites may not use this server. If the page is yours, start the server with --cors ORIGIN (cors in code), or register its redirect URI as a single-page application.',
  );
}

/**
 * Whether a followed link opens in a window or in a frame; undefined: the request does not come from a link. Browsers
 * without Fetch Metadata do not report the destination: `window` is assumed.
 */
function navigation({ method, headers }: ServerRequest): 'window' | 'frame' | undefined {
  const { origin, 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': destination = 'document' } = headers;
  if ((method !== 'GET' && method !== 'HEAD') || origin !== undefined || mode !== 'navigate')
    return undefined;
  if (destination === 'document') return 'window';
  return destination === 'iframe' || destination === 'frame' ? 'frame' : undefined;
}

/**
 * For requests that issue a token without user interaction, and for decisions of the user: refuses pages on other machines,
 * even allowed ones. With `from: 'server'` only this server's own pages and programs are accepted.
 * @throws ServiceError 403
 */
export function requireNear(
  request: ServerRequest,
  world: Listing,
  { from, what }: { readonly from: 'machine' | 'server'; readonly what: string },
): void {
  const who = initiator(request, world);
  if (who === 'program' || who === 'own' || (who === 'local' && from === 'machine')) return;
  const allowed = from === 'machine' ? 'pages of this machine' : "this server's own pages";
  throw new ServiceError(403, 'accessDenied', `${what} is for programs and ${allowed} only.`);
}
