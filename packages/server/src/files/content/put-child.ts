/** Creates a file in a folder, from stored bytes. */
import { json } from '../../core/answers.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest } from '../../core/service-error.ts';
import type { ItemContext } from '../drives/drive-route.ts';
import { actorOf } from '../items/actor.ts';
import { itemBody } from '../items/answer-items.ts';
import type { ConflictBehavior } from '../items/conflict.ts';
import { findItem } from '../items/resolve.ts';
import { isFolder } from '../items/tree.ts';
import { contentOf } from '../uploads/upload-routes.ts';
import { type FileFacts, putFile } from './put-file.ts';

/** The file to create in the folder of the address. */
export interface Child {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly behavior: ConflictBehavior;
  readonly facts: FileFacts;
}

/** @throws ServiceError 400 if the parent is not a folder or the name is invalid, 409 if the name is taken, 507. */
export async function putChild(context: ItemContext, child: Child): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  const { name, bytes, behavior, facts } = child;
  const { blobs } = world.storage;
  const blob = blobs.create();
  try {
    if (bytes.byteLength > 0) await blobs.append(blob, 0, once(bytes));
    const content = contentOf(await blobs.seal(blob));
    return world.storage.write((records) => {
      const parent = findItem(records, drive, context.selector);
      if (!isFolder(parent)) throw invalidRequest('The parent of a new item must be a folder.');
      const put = { parent, name, content, behavior, facts };
      const { item, created } = putFile(records, drive, put, actorOf(world, caller.account, caller.clientId));
      return json(created ? 201 : 200, itemBody(records, context, item), {
        ETag: headerTag(eTagOf(item, drive.kind)),
      });
    });
  } catch (error) {
    await blobs.discard(blob);
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
