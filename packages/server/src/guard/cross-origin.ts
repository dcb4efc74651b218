/**
 * What a page of another site may do here: open the pages that are made for people, and nothing else. It gets no token, no
 * data and no effect; a page of this machine or of a listed origin may use the API with a token of its own.
 */
import type { ServerRequest } from '../core/http.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { type Initiator, initiatorOf } from './initiator.ts';
import { isListedOrigin } from './listed-origins.ts';

type Listing = Pick<World, 'settings' | 'storage'>;

/** Who caused a request to this server. */
export function initiator(request: ServerRequest, world: Listing): Initiator {
  return initiatorOf(request, (origin) => isListedOrigin(world, origin));
}

/** The origin that may read the answer to `request`; undefined: none, or no page asked. */
export function readableBy(request: ServerRequest, world: Listing): string | undefined {
  const { origin } = request.headers;
  return origin === undefined || initiator(request, world) === 'foreign' ? undefined : origin;
}

/**
 * Refuses what a page of another site may not do.
 * @param openness whether links on any site may lead to the address, in a window or in a frame as well.
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
 * Where a link that is followed opens; undefined: the request is not for a link. Browsers without Fetch Metadata do not
 * report what they load an address for: `window`.
 */
function navigation({ method, headers }: ServerRequest): 'window' | 'frame' | undefined {
  const { origin, 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': destination = 'document' } = headers;
  if ((method !== 'GET' && method !== 'HEAD') || origin !== undefined || mode !== 'navigate')
    return undefined;
  if (destination === 'document') return 'window';
  return destination === 'iframe' || destination === 'frame' ? 'frame' : undefined;
}

/**
 * For what gives a token without a person, and for what a person decides: pages of other machines are refused, listed
 * ones too. `from: 'server'` admits this server's own pages and programs only.
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
