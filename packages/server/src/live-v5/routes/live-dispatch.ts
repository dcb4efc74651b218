/** Finds the route for a request under `/v5.0`, runs it, and converts errors to v5.0's format. */

import { requestWith, type ServerRequest, type ServerResponse } from '../../core/http.ts';
import { plainSegments } from '../../core/match.ts';
import type { World } from '../../core/world.ts';
import { type DriveRecord, driveKey, drives } from '../../files/drives/drive-record.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { isVault, vaultLocked } from '../../files/items/locked-vault.ts';
import { rootOf } from '../../files/items/resolve.ts';
import { accounts } from '../../people/account-record.ts';
import { levelOn, reaches } from '../../sharing/access.ts';
import { linksOf } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import type { LiveAccess } from '../live-access.ts';
import { cidOf, findShort, liveId } from '../live-id.ts';
import { type ItemName, type LiveTarget, matchLiveTail, readLivePath } from '../live-path.ts';
import { asLiveRefusal, refusals } from '../live-refusal.ts';
import { liveText, readTextOptions, type TextOptions } from '../live-text.ts';
import { unfolded } from './form-call.ts';
import { friendlyFolder } from './friendly-folder.ts';
import { liveRoutes } from './index.ts';
import { authenticateLive, requireLive } from './live-caller.ts';
import type { LiveAnswer, LiveContext, LiveItemContext, LiveRoute } from './live-route.ts';

const prefix = '/v5.0';

/** Whether a path belongs to this API. */
export function isLivePath(path: string): boolean {
  return path.toLowerCase() === prefix || path.toLowerCase().startsWith(`${prefix}/`);
}

/** Handles a request. Never throws. */
export async function dispatchLive(request: ServerRequest, world: World): Promise<ServerResponse> {
  let call = request;
  let text: TextOptions = { pretty: true, callback: undefined };
  const suppressed = () => isSuppressed(call.url.searchParams, text);
  try {
    call = await unfolded(request);
    text = readTextOptions(call.url.searchParams);
    const answered = await answer(secured(tunnelled(call)), world);
    return written(suppressed() ? withBody(answered) : answered, text);
  } catch (error) {
    const refusal = asLiveRefusal(error);
    const status = suppressed() ? 200 : refusal.status;
    const json = { error: { code: refusal.code, message: refusal.message } };
    return written({ status, json, headers: refusal.headers }, text);
  }
}

/** Scripts in a page can only read responses with status 200: used on request, and always with a callback. MSDN dn631829. */
function isSuppressed(query: URLSearchParams, { callback }: TextOptions): boolean {
  // The example in the documentation has no "s" at the end.
  const asked = query.get('suppress_response_codes') ?? query.get('suppress_response_code');
  return callback !== undefined || asked?.toLowerCase() === 'true';
}

/** Scripts treat a response without a body as a failure, and a callback needs a body. */
function withBody(answer: LiveAnswer): LiveAnswer {
  return 'status' in answer && answer.status === 204 ? { ...answer, status: 200, json: {} } : answer;
}

function written(answer: LiveAnswer, text: TextOptions): ServerResponse {
  if ('response' in answer) return answer.response;
  const { status, json, headers = {} } = answer;
  if (json === undefined) return { status, headers };
  const { type, text: body } = liveText(json, text);
  const always = {
    'Content-Type': type,
    'Cache-Control': 'private, no-cache, no-store, must-revalidate',
    Vary: 'Accept-Encoding',
  };
  return { status, headers: { ...always, ...headers }, body };
}

/** `?method=MOVE`, which clients use if MOVE and COPY are blocked or only GET is possible (JSONP); and the header. */
function tunnelled(request: ServerRequest): ServerRequest {
  const method = request.url.searchParams.get('method') || request.headers['x-http-method-override'];
  return method === undefined ? request : requestWith(request, { method: method.toUpperCase() });
}

/**
 * `return_ssl_resources`: every address in the response uses https, if the server supports it. In its last years the service
 * returned only https addresses: MSDN dn631829.
 */
function secured(request: ServerRequest): ServerRequest {
  const { url, alsoEncrypted } = request;
  // wl.js also sends the text undefined.
  if (url.searchParams.get('return_ssl_resources')?.toLowerCase() !== 'true' || !alsoEncrypted)
    return request;
  const secure = new URL(url);
  secure.protocol = 'https:';
  return { ...request, url: secure };
}

async function answer(request: ServerRequest, world: World): Promise<LiveAnswer> {
  const segments = plainSegments(request.url.pathname)?.slice(1);
  if (segments === undefined) throw refusals.urlInvalid(request.url.pathname.slice(0, 200));
  const query = request.url.searchParams;
  const caller = authenticateLive(request, world);
  const target = readLivePath(segments);
  const { route, params } = findRoute(target, request.method, segments);
  requireLive(caller, route.access);
  const drive = world.storage.read((records) => drives.get(records, driveKey(caller.account.driveId)));
  if (drive === undefined) throw refusals.notFound('me/skydrive');
  const { origin } = request.url;
  const links = linksOf(world, origin, prefix);
  const context: LiveContext = {
    request,
    world,
    caller,
    drive,
    links,
    base: `${origin}${prefix}`,
    query,
    params,
  };
  return run(route, target, context);
}

function findRoute(
  target: LiveTarget,
  method: string,
  segments: readonly string[],
): { readonly route: LiveRoute; readonly params: Readonly<Record<string, string>> } {
  const routeMethod = method === 'HEAD' ? 'GET' : method;
  let pathExists = false;
  for (const route of liveRoutes) {
    const params = route.on === target.on ? matchLiveTail(route.tail, target.rest) : undefined;
    if (params === undefined) continue;
    if (route.method === routeMethod) return { route, params };
    pathExists = true;
  }
  throw pathExists
    ? refusals.methodInvalid(method.slice(0, 20))
    : refusals.urlInvalid(segments.join('/').slice(0, 200));
}

function run(route: LiveRoute, target: LiveTarget, context: LiveContext): Promise<LiveAnswer> {
  switch (route.on) {
    case 'user':
    case 'drive':
      if (target.on === 'user' || target.on === 'drive') checkUser(context, target.user);
      return route.handle(context);
    case 'item':
      if (target.on !== 'item') throw refusals.urlInvalid(route.tail);
      return route.handle(unlocked(itemContext(context, target.item, route.access), route));
    case 'comment':
      if (target.on !== 'comment') throw refusals.urlInvalid(route.tail);
      return route.handle({ ...unlocked(noted(context, target), route), number: target.number });
    case 'tag':
      if (target.on !== 'tag') throw refusals.urlInvalid(route.tail);
      return route.handle({ ...unlocked(noted(context, target), route), tag: target.tag });
  }
}

/** The context, unless the route opens or changes the locked vault, of which only the properties can be read. */
function unlocked(context: LiveItemContext, { method, tail }: LiveRoute): LiveItemContext {
  if (isVault(context.item) && (method !== 'GET' || tail !== '')) throw vaultLocked();
  return context;
}

/** The item of a comment or tag. @throws LiveRefusal 404. */
function noted(
  context: LiveContext,
  { on, short }: { readonly on: string; readonly short: string },
): LiveItemContext {
  const item = context.world.storage.read((records) => findShort(records, context.drive, short));
  if (item === undefined) throw refusals.notFound(`${on}.${cidOf(context.drive)}.${short}`);
  return { ...context, item, byId: true };
}

function checkUser({ drive }: LiveContext, user: string): void {
  if (user !== 'me' && user !== cidOf(drive)) throw refusals.notFound(user);
}

function itemContext(context: LiveContext, name: ItemName, access: LiveAccess): LiveItemContext {
  const { world, drive } = context;
  if (name.by !== 'id') checkUser(context, name.user);
  if (name.by === 'friendly')
    return { ...context, item: friendlyFolder(world, drive, context.caller.account, name.name), byId: false };
  return world.storage.read((records) => {
    const there = name.by === 'id' ? foreignDrive(records, name.id.user, context) : drive;
    const item = findNamed(records, there, name);
    if (there.number !== drive.number) requireShared(records, there, item, { ...context, access });
    return { ...context, drive: there, item, byId: name.by === 'id' };
  });
}

/** The drive of the user in an id: the caller's own, or another one, of which only shared items are visible. */
function foreignDrive(records: Records, user: string, { drive }: LiveContext): DriveRecord {
  if (user === cidOf(drive)) return drive;
  const owner = accounts.get(records, user);
  const there = owner?.kind === 'personal' ? drives.get(records, driveKey(owner.driveId)) : undefined;
  return there ?? drive;
}

/** @throws LiveRefusal 404 if the item is not shared with the caller. */
function requireShared(
  records: Records,
  drive: DriveRecord,
  item: ItemRecord,
  { caller, world, access }: LiveContext & { readonly access: LiveAccess },
): void {
  const level = levelOn(records, drive, item, { account: caller.account, now: world.clock.now() });
  if (!reaches(level, 'read')) throw refusals.notFound(liveId(item, drive));
  if (access === 'write' && !reaches(level, 'write')) throw refusals.unauthorized(['wl.contacts_skydrive']);
}

/** The item of an id. The type in the id must be that of the item. @throws LiveRefusal 404. */
function findNamed(
  records: Records,
  drive: DriveRecord,
  name: Exclude<ItemName, { by: 'friendly' }>,
): ItemRecord {
  if (name.by === 'root') return rootOf(records, drive);
  const { id, text } = name;
  const item =
    id.user !== cidOf(drive)
      ? undefined
      : id.kind === 'root'
        ? rootOf(records, drive)
        : findShort(records, drive, id.short);
  const type = id.kind === 'item' ? id.type : 'folder';
  if (item === undefined || !liveId(item, drive).startsWith(`${type}.`)) throw refusals.notFound(text);
  return item;
}
