/** New folders: https://learn.microsoft.com/graph/api/driveitem-post-children */
import { json } from '../../core/answers.ts';
import { isObject, readEntity } from '../../core/body.ts';
import { eTagOf, headerTag } from '../../core/entity-tags.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { postContent } from '../content/post-content.ts';
import { postFile } from '../content/post-file.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { actorOf } from '../items/actor.ts';
import { addShortcut } from '../items/add-shortcut.ts';
import { itemBody } from '../items/answer-items.ts';
import { readConflictBehavior } from '../items/conflict.ts';
import { readDescription, readFileTimes } from '../items/item-properties.ts';
import { reach } from '../items/resolve.ts';
import { isFolder } from '../items/tree.ts';
import { makeFolder, makeParents } from './make-folder.ts';

export const folderRoutes: readonly DriveRoute[] = [
  {
    method: 'POST',
    on: 'item',
    tail: 'children',
    writes: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-post-children',
    handle: postChild,
  },
];

async function postChild(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  if (/^multipart\//i.test(context.request.headers['content-type'] ?? '')) return postContent(context);
  const body = await readEntity(context.request);
  if (body['remoteItem'] !== undefined) return addShortcut(context, body);
  const { name } = body;
  if (typeof name !== 'string')
    throw invalidRequest('The property name is missing.', 'invalidParameterFormat');
  if (isObject(body['file'])) return postFile(context, name, body);
  if (!isObject(body['folder']))
    throw invalidRequest('A new item must have a folder or a file facet.', 'invalidParameterFormat');
  const behavior = readConflictBehavior(body, context.query) ?? 'fail';
  const facts = { description: readDescription(body, drive.kind), ...readFileTimes(body) };
  return world.storage.write((records) => {
    const actor = actorOf(world, caller.account, caller.clientId);
    const { item: nearest, missing } = reach(records, drive, context.selector);
    // Missing parent folders are created, as for files: clients that address the parent by path rely on this.
    const parent = makeParents(records, drive, nearest, missing, actor);
    if (!isFolder(parent)) throw invalidRequest('The parent of a new item must be a folder.');
    const { item, created } = makeFolder(records, drive, parent, { name, behavior, ...facts }, actor);
    return json(created ? 201 : 200, itemBody(records, context, item), {
      ETag: headerTag(eTagOf(item, drive.kind)),
    });
  });
}
