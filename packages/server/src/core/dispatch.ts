/** Finds the route for a request under `/v1.0` and runs it. */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type {
  DriveContext,
  DriveRoute,
  GraphContext,
  GraphRoute,
  ItemContext,
} from '../files/drives/drive-route.ts';
import { selectDrive } from '../files/drives/select-drive.ts';
import { provideSpecialFolder } from '../files/folders/provide-special-folder.ts';
import { knownSpecialFolder } from '../files/folders/special-folder.ts';
import { specialFolderPath } from '../files/folders/special-folders.ts';
import { actorOf } from '../files/items/actor.ts';
import {
  type DriveAddress,
  type ItemSelector,
  ownerName,
  parseDriveAddress,
} from '../files/items/drive-address.ts';
import { requires } from '../identity/access-tokens.ts';
import { learnImages } from '../media/image-facts.ts';
import { linksOf } from '../sharing/links.ts';
import { callerOf } from './caller.ts';
import { driveRoutes, graphRoutes } from './graph-routes.ts';
import { guardDrive, guardItem } from './guard.ts';
import type { Handler, ServerRequest, ServerResponse } from './http.ts';
import { firstUnknown, type Match, routeTable } from './match.ts';
import { refuseNotServed } from './not-served.ts';
import { noFilter, readQueryOptions } from './odata/odata-query.ts';
import { type PathSegment, readSegments } from './path-segments.ts';
import { ServiceError, unknownSegment } from './service-error.ts';
import type { World } from './world.ts';

const tails = {
  drive: routeTable(
    driveRoutes.filter(({ on }) => on === 'drive'),
    (route) => route.tail,
  ),
  item: routeTable(
    driveRoutes.filter(({ on }) => on === 'item'),
    (route) => route.tail,
  ),
} as const;
const paths = routeTable(graphRoutes, (route) => route.path);

/** Prefixes of the API. */
const prefixes = ['/v1.0', '/beta', '/_api/v2.0', '/_api/v2.1'] as const;
const longestPrefix = Math.max(...prefixes.map(({ length }) => length));

/** The API prefix of a path, or undefined. */
export function graphPrefix(path: string): string | undefined {
  const head = path.slice(0, longestPrefix + 1).toLowerCase();
  return prefixes.find((prefix) => head === prefix || head.startsWith(`${prefix}/`));
}

/** Handles a request whose path begins with `prefix`. @throws ServiceError for every error response. */
export function dispatchGraph(
  request: ServerRequest,
  world: World,
  prefix: string,
  again: Handler,
): Promise<ServerResponse> {
  const path = withRootSite(request.url.pathname.slice(prefix.length), request.url);
  const query = request.url.searchParams;
  const context: GraphContext = {
    request,
    world,
    caller: callerOf(request, world, path),
    again,
    links: linksOf(world, request.url.origin, prefix),
    query,
    options: readQueryOptions(query),
    params: {},
    unseen: [],
  };
  const address = parseDriveAddress(path, (name) => query.get(name));
  return address === undefined ? answerWithoutDrive(context, path) : answerDrive(context, address);
}

/**
 * The `webUrl` of a site's files is on this server's own host: a client that requests the site by that host means the root
 * site.
 */
function withRootSite(path: string, { host, hostname }: URL): string {
  for (const name of [host, hostname]) {
    const start = `/sites/${name}`;
    const next = path.charAt(start.length);
    if (path.startsWith(start) && (next === '' || next === '/' || next === ':'))
      return `/sites/root${path.slice(start.length)}`;
  }
  return path;
}

function answerWithoutDrive(context: GraphContext, path: string): Promise<ServerResponse> {
  const segments = readSegments(path, (name) => context.query.get(name)).map(joinSiteAddress);
  const matches = paths(segments);
  const match = matchOf(matches, context.request.method);
  if (match === undefined)
    throw noRouteError(
      matches.map(({ route }) => route),
      firstUnknown(
        graphRoutes.map((route) => route.path),
        segments,
      ),
      refuseNotServed('api', context.request.method, segments),
    );
  requireScopeOf(context, match.route);
  return match.route.handle({ ...context, params: match.params });
}

/** `sites/{host}:/{path}` is one parameter. */
function joinSiteAddress(segment: PathSegment, at: number, all: readonly PathSegment[]): PathSegment {
  return at === 1 && all[0]?.name === 'sites' ? { ...segment, text: ownerName(segment) } : segment;
}

function answerDrive(context: GraphContext, address: DriveAddress): Promise<ServerResponse> {
  const on = address.item === undefined ? 'drive' : 'item';
  const matches = tails[on](address.tail);
  const match = matchOf(matches, context.request.method);
  if (match === undefined)
    throw noRouteError(
      matches.map(({ route }) => route),
      unknownTail(on, address),
      refuseNotServed(on, context.request.method, address.tail),
    );
  requireScopeOf(context, match.route);
  const { drive, share } = selectDrive(context, address.drive);
  const { route, params } = match;
  // Object.assign, because V8 takes forty times as long to spread an object into a larger object literal.
  const onDrive: DriveContext = Object.assign({}, context, { params, share, drive, address });
  if (route.on === 'drive') {
    guardDrive(onDrive, drive, route);
    return withImageFacts(onDrive, () => route.handle(onDrive));
  }
  const selector = address.item ?? { start: { by: 'root' }, path: [] };
  const onItem: ItemContext = Object.assign({}, onDrive, { selector });
  provideSpecial(context, drive, selector, route.writes);
  guardItem(onItem, drive, selector, route);
  return withImageFacts(onItem, () => route.handle(onItem));
}

function matchOf<T extends DriveRoute | GraphRoute>(
  matches: readonly Match<T>[],
  method: string,
): Match<T> | undefined {
  return matches.find(({ route }) => answers(route, method));
}

/** Builds the response; if it needs metadata of images that have not been read yet, reads them and builds it again. */
async function withImageFacts(
  { unseen, world, request }: GraphContext,
  answer: () => Promise<ServerResponse>,
): Promise<ServerResponse> {
  const first = await answer();
  if (unseen.length === 0 || request.method !== 'GET') return first;
  await learnImages(world.storage, unseen.splice(0));
  return answer();
}

/**
 * A special folder is created by the first write to it, or by a read request from a caller that may write; HEAD creates
 * nothing. https://learn.microsoft.com/graph/api/drive-get-specialfolder,
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_get (HEAD)
 * @throws ServiceError 403 if the folder is missing and the token is read-only.
 */
function provideSpecial(
  { world, caller, request }: GraphContext,
  drive: DriveRecord,
  { start, path }: ItemSelector,
  writes: boolean,
): void {
  if (start.by !== 'special' || drive.ownerId !== caller.account.id) return;
  if (!writes && (request.method !== 'GET' || path.length > 0)) return;
  if (specialFolderPath(drive.kind, start.name) === undefined) return;
  if (world.storage.read((records) => knownSpecialFolder(records, drive, start.name)) !== undefined) return;
  requires(caller, 'files.write');
  world.storage.write((records) =>
    provideSpecialFolder(records, drive, start.name, actorOf(world, caller.account, caller.clientId)),
  );
}

function unknownTail(on: DriveRoute['on'], { tail }: DriveAddress): string {
  return firstUnknown(
    driveRoutes.filter((route) => route.on === on).map((route) => route.tail),
    tail,
  );
}

/** Handles HEAD as GET without a body. */
function answers(route: DriveRoute | GraphRoute, method: string): boolean {
  return route.method === method || (method === 'HEAD' && route.method === 'GET');
}

function requireScopeOf(context: GraphContext, route: DriveRoute | GraphRoute): void {
  if (context.options.filter !== undefined && route.filters !== true) throw noFilter();
  if ('access' in route && route.access === 'any') return;
  requires(context.caller, route.writes ? 'files.write' : 'files.read');
}

function noRouteError(
  sameUrl: readonly (DriveRoute | GraphRoute)[],
  unknown: string,
  refusal: ServiceError | undefined,
): ServiceError {
  if (refusal !== undefined) return refusal;
  if (sameUrl.length > 0) {
    const allow = [...new Set(sameUrl.map((route) => route.method))].join(', ');
    return new ServiceError(405, 'invalidRequest', 'The HTTP method is not allowed on this resource.', {
      headers: { Allow: allow },
    });
  }
  return unknownSegment(unknown);
}
