/** From a request under `/v1.0` to the route that answers it. */
import {
  type DriveAddress,
  type DriveSelector,
  type ItemSelector,
  parseDriveAddress,
} from '../../domain/drive-address.ts';
import { readQueryOptions } from '../../domain/odata-query.ts';
import type { ServerRequest, ServerResponse } from '../../http.ts';
import { actorOf } from '../../items/actor.ts';
import { linksOf } from '../../items/links.ts';
import { driveById } from '../../items/resolve.ts';
import { knownSpecialFolder, provideSpecialFolder } from '../../items/special-folder.ts';
import { authenticate, requires } from '../../oauth/access-tokens.ts';
import { invalidRequest, notSupported, ServiceError, unknownSegment } from '../../service-error.ts';
import type { DriveRecord } from '../../storage/records/drive-record.ts';
import type { World } from '../../world.ts';
import { matchPattern, matchTail, plainSegments } from '../match.ts';
import type { DriveRoute, GraphContext, GraphRoute } from './drive-route.ts';
import { driveRoutes, graphRoutes } from './index.ts';
import { isKnownElsewhere } from './not-served.ts';
import { findUser } from './user-routes.ts';

/** Prefixes under which the same API answers. */
const prefixes = ['/v1.0', '/_api/v2.0', '/_api/v2.1'] as const;

/** The prefix of a path that belongs to this API, or undefined. */
export function graphPrefix(path: string): string | undefined {
  return prefixes.find((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** Answers a request whose path begins with `prefix`. @throws ServiceError for every refusal. */
export async function dispatchGraph(
  request: ServerRequest,
  world: World,
  prefix: string,
): Promise<ServerResponse> {
  const path = request.url.pathname.slice(prefix.length);
  const query = request.url.searchParams;
  const context: GraphContext = {
    request,
    world,
    caller: await authenticate(request, world),
    links: linksOf(world, request.url.origin, prefix),
    query,
    options: readQueryOptions(query),
    params: {},
  };
  const address = parseDriveAddress(path, (name) => query.get(name));
  return address === undefined ? answerPlain(context, path) : answerDrive(context, address);
}

async function answerPlain(context: GraphContext, path: string): Promise<ServerResponse> {
  const segments = plainSegments(path);
  if (segments === undefined) throw invalidRequest('The URL contains an escape that is no UTF-8.');
  const found = graphRoutes.flatMap((route) => {
    const params = matchPattern(route.path, segments);
    return params === undefined ? [] : [{ route, params }];
  });
  const match = found.find(({ route }) => answers(route, context.request.method));
  if (match === undefined)
    throw unanswered(
      found.map(({ route }) => route),
      segments,
    );
  requireScopeOf(context, match.route);
  return match.route.handle({ ...context, params: match.params });
}

async function answerDrive(context: GraphContext, address: DriveAddress): Promise<ServerResponse> {
  const on = address.item === undefined ? 'drive' : 'item';
  const found = driveRoutes.flatMap((route) => {
    const params = route.on === on ? matchTail(route.tail, address.tail) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
  const match = found.find(({ route }) => answers(route, context.request.method));
  if (match === undefined)
    throw unanswered(
      found.map(({ route }) => route),
      address.tail.map((segment) => segment.text),
    );
  requireScopeOf(context, match.route);
  const drive = selectDrive(context, address.drive);
  const { route, params } = match;
  if (route.on === 'drive') return route.handle({ ...context, params, drive, address });
  const selector = address.item ?? { start: { by: 'root' }, path: [] };
  provideSpecial(context, drive, selector, route.writes);
  return route.handle({ ...context, params, drive, address, selector });
}

/** A special folder comes into being with the first write to it; approot already when it is asked for. */
function provideSpecial(
  context: GraphContext,
  drive: DriveRecord,
  { start }: ItemSelector,
  writes: boolean,
): void {
  const { world, caller, request } = context;
  if (start.by !== 'special' || !(writes || (start.name === 'approot' && request.method === 'GET'))) return;
  if (world.storage.read((records) => knownSpecialFolder(records, drive, start.name)) !== undefined) return;
  world.storage.write((records) =>
    provideSpecialFolder(records, drive, start.name, actorOf(world, caller.account)),
  );
}

/** HEAD is GET without a body. */
function answers(route: DriveRoute | GraphRoute, method: string): boolean {
  return route.method === method || (method === 'HEAD' && route.method === 'GET');
}

function requireScopeOf(context: GraphContext, route: DriveRoute | GraphRoute): void {
  if ('access' in route && route.access === 'any') return;
  requires(context.caller, route.writes ? 'files.write' : 'files.read');
}

function unanswered(
  sameUrl: readonly (DriveRoute | GraphRoute)[],
  segments: readonly string[],
): ServiceError {
  const [first = ''] = segments;
  if (sameUrl.length > 0) {
    const allow = [...new Set(sameUrl.map((route) => route.method))].join(', ');
    return new ServiceError(405, 'invalidRequest', 'The HTTP method is not allowed on this resource.', {
      headers: { Allow: allow },
    });
  }
  if (isKnownElsewhere(segments)) return notSupported(`This server does not serve ${segments.join('/')}.`);
  return unknownSegment(first);
}

function selectDrive(context: GraphContext, selector: DriveSelector): DriveRecord {
  const { account } = context.caller;
  return context.world.storage.read((records) => {
    switch (selector.by) {
      case 'me':
        return driveById(records, account.driveId, account);
      case 'id':
        return driveById(records, selector.id, account);
      case 'user':
        return driveById(records, findUser(context, selector.id).driveId, account);
      case 'group':
      case 'site':
      case 'share':
        throw notSupported(`This server does not serve drives addressed by ${selector.by}.`);
    }
  });
}
