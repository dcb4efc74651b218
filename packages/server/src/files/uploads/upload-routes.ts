/** Simple uploads: https://learn.microsoft.com/graph/api/driveitem-put-content */
import { json } from '../../core/answers.ts';
import { declaredLength, limitedBody, tooLarge } from '../../core/body.ts';
import { precondition } from '../../core/conditional.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest, nameAlreadyExists, resourceModified } from '../../core/service-error.ts';
import type { Records, SealedBlob } from '../../storage/storage.ts';
import { type PutResult, putFile, replaceContent } from '../content/put-file.ts';
import type { DriveContext, DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { makeParents } from '../folders/make-folder.ts';
import { actorOf } from '../items/actor.ts';
import type { Content } from '../items/add-item.ts';
import { itemBody } from '../items/answer-items.ts';
import { checkName, checkQuota } from '../items/check-place.ts';
import { readConflictBehavior } from '../items/conflict.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { conditions, tagsOf } from '../items/read-routes.ts';
import { type Resolution, reach } from '../items/resolve.ts';
import { isFolder } from '../items/tree.ts';

export const uploadRoutes: readonly DriveRoute[] = [
  {
    method: 'PUT',
    on: 'item',
    tail: 'content',
    writes: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-put-content',
    handle: putContent,
  },
];

/** Bodies up to this size are read without checking the target first. */
const smallBody = 64 * 1024;

async function putContent(context: ItemContext): Promise<ServerResponse> {
  const { world, request, drive, caller } = context;
  const { storage, settings } = world;
  const declared = declaredLength(request);
  if (declared !== undefined && declared > settings.simpleUploadLimit)
    throw tooLarge(settings.simpleUploadLimit);
  // A large body is refused before it is read, if possible; the target is checked again afterwards.
  if (declared === undefined || declared > smallBody)
    storage.read((records) => {
      checkTarget(records, context, reach(records, drive, context.selector));
      checkQuota(records, drive, declared ?? 0);
    });
  const blob = storage.blobs.create();
  try {
    await storage.blobs.append(blob, 0, limitedBody(request, settings.simpleUploadLimit));
    const content = contentOf(await storage.blobs.seal(blob));
    return storage.write((records) => {
      const { item, created } = store(
        records,
        context,
        content,
        actorOf(world, caller.account, caller.clientId),
      );
      return json(created ? 201 : 200, itemBody(records, context, item), {
        ETag: headerTag(eTagOf(item, drive.kind)),
      });
    });
  } catch (error) {
    await storage.blobs.discard(blob);
    throw error;
  }
}

/** Returns a complete (sealed) blob as content. */
export function contentOf(sealed: SealedBlob): Content {
  const { id, size, quickXorHash, sha1 } = sealed;
  return { blob: id, size, hashes: { quickXorHash, sha1 } };
}

function store(
  records: Records,
  context: ItemContext,
  content: Content,
  actor: ReturnType<typeof actorOf>,
): PutResult {
  const { drive, selector } = context;
  const reached = reach(records, drive, selector);
  const behavior = readConflictBehavior({}, context.query) ?? 'replace';
  checkTarget(records, context, reached);
  const { item, missing } = reached;
  const name = missing.at(-1);
  if (name === undefined) {
    if (behavior === 'replace' || selector.path.length === 0)
      return { item: replaceContent(records, drive, item, { content }, actor), created: false };
    const parent = records.item(item.parent) ?? item;
    return putFile(
      records,
      drive,
      { parent, name: selector.path.at(-1) ?? item.name, content, behavior },
      actor,
    );
  }
  const parent = makeParents(records, drive, item, missing.slice(0, -1), actor);
  return putFile(records, drive, { parent, name, content, behavior }, actor);
}

/**
 * Checks that content can be stored at the address.
 * @throws ServiceError 412; 400 for a folder, a package or an invalid name.
 */
export function checkTarget(records: Records, context: DriveContext, reached: Resolution): void {
  const { item, missing } = reached;
  const existing: ItemRecord | undefined = missing.length === 0 ? item : undefined;
  const tags = existing === undefined ? undefined : tagsOf(context, existing);
  if (precondition(conditions(context), tags, false) === 'failed') throw resourceModified();
  if (existing === undefined) {
    checkName(records, context.drive, item, missing[0] ?? '');
  } else if (existing.data.kind === 'package') {
    throw nameAlreadyExists('A OneNote notebook cannot be replaced by a file.');
  } else if (isFolder(existing)) {
    throw existing.data.kind === 'root'
      ? invalidRequest('The root folder cannot have content.')
      : nameAlreadyExists('A folder with that name already exists.');
  }
}
