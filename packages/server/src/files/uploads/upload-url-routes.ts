/**
 * Routes of upload URLs. The URL itself is the secret: no token is needed, and a token is ignored.
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 */
import { empty, json } from '../../core/answers.ts';
import { declaredLength } from '../../core/body.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import { type KeyedMutex, keyedMutex } from '../../core/keyed-mutex.ts';
import type { Route, RouteContext } from '../../core/route.ts';
import { invalidRequest } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { driveNamed } from '../../sharing/access.ts';
import { linksOf } from '../../sharing/links.ts';
import { dropPlaceholder } from '../../testing/quirks/session-quirks.ts';
import { placeOf } from '../items/answer-items.ts';
import { itemJson } from '../items/item-json.ts';
import { sessionJson } from './session-routes.ts';
import { contentOf } from './upload-routes.ts';
import { checkFragment, type Fragment, isComplete, readFragment } from './upload-session.ts';
import { type UploadSessionRecord, uploadSessions } from './upload-session-record.ts';
import { commitSession, dropSession, liveSession } from './upload-sessions.ts';

const described = {
  pattern: '/_upload/{secret}',
  source: 'https://learn.microsoft.com/graph/api/driveitem-createuploadsession',
} as const;

/** The four operations on an upload URL. */
export function uploadUrlRoutes(): readonly Route[] {
  const mutex = keyedMutex();
  return [
    { ...described, method: 'PUT', handle: (context) => putFragment(context, mutex) },
    { ...described, method: 'POST', handle: (context) => mutex(secretOf(context), () => commit(context)) },
    { ...described, method: 'GET', handle: status },
    { ...described, method: 'DELETE', handle: (context) => mutex(secretOf(context), () => cancel(context)) },
  ];
}

const secretOf = (context: RouteContext): string => context.params['secret'] ?? '';

async function status(context: RouteContext): Promise<ServerResponse> {
  const { world } = context;
  return json(
    200,
    sessionJson(world.storage.read((records) => liveSession(records, world, secretOf(context)))),
  );
}

async function cancel(context: RouteContext): Promise<ServerResponse> {
  const { world } = context;
  const secret = secretOf(context);
  world.storage.write((records) => {
    const session = liveSession(records, world, secret);
    dropSession(records, secret, session);
    dropPlaceholder(records, world, session);
  });
  return empty(204);
}

async function putFragment(context: RouteContext, mutex: KeyedMutex): Promise<ServerResponse> {
  const { world, request } = context;
  const secret = secretOf(context);
  // Whether the session has ended is checked before the fragment.
  world.storage.read((records) => liveSession(records, world, secret));
  const fragment = readFragment(request.headers['content-range'], declaredLength(request));
  return mutex(secret, async () => {
    const session = world.storage.read((records) => liveSession(records, world, secret));
    checkFragment({ received: session.received, total: session.total }, fragment, world.settings);
    await world.storage.blobs.append(session.blob, fragment.first, exactly(request, fragment));
    const advanced = advance(world, secret, fragment);
    const { received, total, deferCommit } = advanced;
    if (!isComplete({ received, total }) || deferCommit) return json(202, sessionJson(advanced));
    return finish(context, secret, advanced);
  });
}

/** Reads the body, which must have the declared length; a body that ends early is discarded. */
async function* exactly(request: ServerRequest, fragment: Fragment): AsyncGenerator<Uint8Array> {
  const expectedSize = fragment.last - fragment.first + 1;
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > expectedSize) break;
    yield chunk;
  }
  if (length !== expectedSize)
    throw invalidRequest(
      'The length of the body does not match its Content-Range.',
      'fragmentLengthMismatch',
    );
}

/** Stores the fragment and extends the lifetime of the session. */
function advance(world: World, secret: string, fragment: Fragment): UploadSessionRecord {
  return world.storage.write((records) => {
    const session = liveSession(records, world, secret);
    // Another process may have stored it first.
    checkFragment({ received: session.received, total: session.total }, fragment, world.settings);
    const advanced = {
      ...session,
      received: fragment.last + 1,
      total: fragment.total,
      expires: world.clock.now() + world.settings.sessionLifetime,
    };
    uploadSessions.put(records, secret, advanced);
    return advanced;
  });
}

async function commit(context: RouteContext): Promise<ServerResponse> {
  const { world } = context;
  const secret = secretOf(context);
  const session = world.storage.read((records) => liveSession(records, world, secret));
  if (!isComplete({ received: session.received, total: session.total }))
    throw invalidRequest('The upload session is incomplete.', 'uploadSessionIncomplete');
  return finish(context, secret, session);
}

async function finish(
  context: RouteContext,
  secret: string,
  session: UploadSessionRecord,
): Promise<ServerResponse> {
  const { world, request } = context;
  const content = contentOf(await world.storage.blobs.seal(session.blob));
  return world.storage.write((records) => {
    const { item, created } = commitSession(records, world, secret, session, content);
    const drive = driveNamed(records, session.driveId);
    const links = linksOf(world, request.url.origin, '/v1.0');
    return json(created ? 201 : 200, {
      '@odata.context': `${links.base}/$metadata#drives('${encodeURIComponent(drive.id)}')/items/$entity`,
      ...itemJson(item, placeOf(records, drive, item), links),
    });
  });
}
