/**
 * Creates upload sessions, and commits one by its URL: https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 */
import { json } from '../../core/answers.ts';
import { isObject, readEntity } from '../../core/body.ts';
import { precondition } from '../../core/conditional.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerResponse } from '../../core/http.ts';
import {
  invalidRequest,
  itemNotFound,
  nameAlreadyExists,
  notSupported,
  resourceModified,
} from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import { secretName } from '../../sharing/links.ts';
import type { Records } from '../../storage/storage.ts';
import { sessionQuirks } from '../../testing/quirks/session-quirks.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { itemBody } from '../items/answer-items.ts';
import { checkQuota } from '../items/check-place.ts';
import { type ConflictBehavior, readConflictBehavior } from '../items/conflict.ts';
import { readDescription, readFileTimes } from '../items/item-properties.ts';
import { conditions, tagsOf } from '../items/read-routes.ts';
import { reach } from '../items/resolve.ts';
import { isFolder } from '../items/tree.ts';
import { checkTarget, contentOf } from './upload-routes.ts';
import { expectedRanges, isComplete } from './upload-session.ts';
import { type UploadSessionRecord, uploadSessions } from './upload-session-record.ts';
import { commitSession, isHeld, liveSession, sweepSessions } from './upload-sessions.ts';

const source = 'https://learn.microsoft.com/graph/api/driveitem-createuploadsession';

export const sessionRoutes: readonly DriveRoute[] = [
  { method: 'POST', on: 'item', tail: 'createUploadSession', writes: true, source, handle: createSession },
  { method: 'PUT', on: 'item', tail: '', writes: true, source, handle: commitBySource },
];

async function createSession(context: ItemContext): Promise<ServerResponse> {
  const body = await readEntity(context.request);
  const itemProperties = body['item'] ?? {};
  if (!isObject(itemProperties))
    throw invalidRequest('The property item must be an object.', 'invalidParameterFormat');
  const { world, drive } = context;
  const { fileSize } = itemProperties;
  if (fileSize !== undefined && fileSize !== null && !Number.isSafeInteger(fileSize))
    throw invalidRequest('The property item.fileSize must be a number.', 'invalidParameterFormat');
  const secret = secretName(world);
  const blob = world.storage.blobs.create();
  const quirks = await sessionQuirks(world);
  return world.storage.write((records) => {
    sweepSessions(records, world.clock.now());
    const { account } = context.caller;
    const behavior = readConflictBehavior({ ...body, ...itemProperties }, context.query);
    const target = sessionPlace(records, context, itemProperties['name']);
    // Stored only if the client specifies it: the default in the settings is applied at the last fragment.
    if (behavior === 'fail' && target.taken) throw nameAlreadyExists();
    checkFree(records, context, { ...target, driveId: drive.id }, behavior);
    const place = quirks.created(records, drive, account, { base: target.base, names: target.names });
    checkQuota(records, drive, typeof fileSize === 'number' ? fileSize : 0);
    const session: UploadSessionRecord = {
      accountId: account.id,
      clientId: context.caller.clientId,
      driveId: drive.id,
      ...place,
      behavior: behavior ?? world.settings.sessionConflict,
      description: readDescription(itemProperties, drive.kind),
      ...readFileTimes(itemProperties),
      deferCommit: body['deferCommit'] === true,
      blob,
      received: 0,
      expires: world.clock.now() + world.settings.sessionLifetime,
    };
    records.retainBlob(blob);
    uploadSessions.put(records, secret, session);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#microsoft.graph.uploadSession`,
      uploadUrl: context.links.upload(drive, secret),
      ...sessionJson(session),
    });
  });
}

/**
 * Refuses a name that another session is uploading to. With the quirk `session-holds-name`, business drives refuse it with
 * every conflict behavior. @throws ServiceError 409.
 */
function checkFree(
  records: Records,
  { world, drive }: ItemContext,
  place: Pick<UploadSessionRecord, 'driveId' | 'base' | 'names'>,
  behavior: ConflictBehavior = world.settings.sessionConflict,
): void {
  const holds = drive.kind !== 'personal' && world.settings.quirks.includes('session-holds-name');
  if ((behavior === 'fail' || holds) && isHeld(records, place, world.clock.now()))
    throw nameAlreadyExists('An upload session already exists for this file.');
}

/** The JSON view of a session. */
export function sessionJson(session: UploadSessionRecord): Record<string, unknown> {
  const progress = { received: session.received, total: session.total };
  return {
    expirationDateTime: timestamp(session.expires, 'personal'),
    nextExpectedRanges: expectedRanges(progress),
  };
}

/** The target of a session, and whether the file already exists. */
interface SessionPlace extends Pick<UploadSessionRecord, 'base' | 'names'> {
  readonly taken: boolean;
}

/** The target of a session. @throws ServiceError if the file cannot be created there, or a precondition fails. */
function sessionPlace(records: Records, context: ItemContext, name: unknown): SessionPlace {
  const reached = reach(records, context.drive, context.selector);
  const { item, missing } = reached;
  const existing = missing.length === 0 ? item : undefined;
  checkTarget(records, context, reached);
  const tags = existing === undefined ? undefined : tagsOf(context, existing);
  if (precondition(conditions(context), tags, false) !== 'go') throw resourceModified();
  const last = context.selector.path.at(-1);
  if (typeof name === 'string' && name !== '' && name !== (last ?? item.name))
    throw invalidRequest(
      'The property item.name differs from the name in the URL.',
      'invalidParameterFormat',
    );
  if (existing === undefined) return { base: item.key, names: missing, taken: false };
  if (last === undefined) return { base: item.key, names: [], taken: true };
  return { base: existing.parent, names: [last], taken: true };
}

/** `PUT {parent}` with a `sourceUrl`: commits a session whose last fragment was refused. */
async function commitBySource(context: ItemContext): Promise<ServerResponse> {
  const body = await readEntity(context.request);
  const sourceUrl = body['@microsoft.graph.sourceUrl'] ?? body['@content.sourceUrl'];
  if (typeof sourceUrl !== 'string')
    throw notSupported('A PUT on an item needs @microsoft.graph.sourceUrl.', 400);
  const secret = /\/(?:_upload|rup|up|uploadSession)\/([\w-]+)$/.exec(sourceUrl)?.[1] ?? '';
  const { world, drive } = context;
  const session = world.storage.read((records) => liveSession(records, world, secret));
  if (session.driveId !== drive.id) throw itemNotFound('The upload session belongs to another drive.');
  if (!isComplete({ received: session.received, total: session.total }))
    throw invalidRequest('The upload session is incomplete.', 'uploadSessionIncomplete');
  const behavior = readConflictBehavior(body, context.query) ?? 'replace';
  const content = contentOf(await world.storage.blobs.seal(session.blob));
  return world.storage.write((records) => {
    const place = commitPlace(records, context, body['name']);
    const { item, created } = commitSession(
      records,
      world,
      secret,
      { ...session, ...place, behavior },
      content,
    );
    return json(created ? 201 : 200, itemBody(records, context, item), {
      ETag: headerTag(eTagOf(item, drive.kind)),
    });
  });
}

/** The URL addresses the parent and the body contains the name; some clients address the file itself. */
function commitPlace(
  records: Records,
  context: ItemContext,
  name: unknown,
): { readonly base: number; readonly names: readonly string[]; readonly behavior?: ConflictBehavior } {
  const reached = reach(records, context.drive, context.selector);
  const { item, missing } = reached;
  if (missing.length === 0 && isFolder(item)) {
    if (typeof name !== 'string' || name === '')
      throw invalidRequest('The property name is missing.', 'invalidParameterFormat');
    return { base: item.key, names: [name] };
  }
  checkTarget(records, context, reached);
  return missing.length > 0 ? { base: item.key, names: missing } : { base: item.parent, names: [item.name] };
}
