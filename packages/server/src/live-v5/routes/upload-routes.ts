/**
 * Uploads: PUT of raw bytes (chunked or not), POST of multipart/form-data, and both to an `upload_location`.
 * Source: MSDN dn659726, "Upload and download files".
 */
import { declaredLength } from '../../core/body.ts';
import { type PutResult, putFile, replaceContent } from '../../files/content/put-file.ts';
import { actorOf } from '../../files/items/actor.ts';
import { checkName, checkQuota } from '../../files/items/check-place.ts';
import type { ConflictBehavior } from '../../files/items/conflict.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { childNamed, isFolder } from '../../files/items/tree.ts';
import type { Records } from '../../storage/storage.ts';
import { liveId } from '../live-id.ts';
import { type OverwriteRule, readFlag, readOverwrite } from '../live-query.ts';
import { extraOf, putExtra } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { liveTypeOf } from '../live-type.ts';
import { boundaryOf, firstPart } from '../multipart.ts';
import { liveName } from '../object-json.ts';
import { liveBody } from './live-body.ts';
import type { LiveAnswer, LiveItemContext, LiveRoute } from './live-route.ts';
import { storeUpload } from './store-upload.ts';

/** Maximum size of one request in bytes: 100 MB, according to the documentation. */
const uploadLimit = 100 * 1024 * 1024;

const source = 'MSDN dn659726, "Upload and download files"';

export const uploadRoutes: readonly LiveRoute[] = [
  { method: 'PUT', on: 'item', tail: 'files/{name}', access: 'write', source, handle: putNamed },
  { method: 'PUT', on: 'item', tail: 'content', access: 'write', source, handle: putContent },
  { method: 'POST', on: 'item', tail: 'files', access: 'write', source, handle: postForm },
  { method: 'POST', on: 'item', tail: 'content', access: 'write', source, handle: postContent },
];

function putNamed(context: LiveItemContext): Promise<LiveAnswer> {
  return intoFolder(context, context.params['name'] ?? '', liveBody(context.request, uploadLimit));
}

async function postForm(context: LiveItemContext): Promise<LiveAnswer> {
  const part = await openForm(context);
  // Some browsers send the whole local path.
  const name = part.filename?.split(/[\\/]/).at(-1);
  if (name === undefined || name === '') throw refusals.parameterMissing('filename');
  return intoFolder(context, name, part.content);
}

function openForm({ request }: LiveItemContext) {
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === undefined) throw refusals.bodyInvalid('it is not multipart/form-data with a boundary');
  return firstPart(liveBody(request, uploadLimit + 64 * 1024), boundary);
}

async function putContent(context: LiveItemContext): Promise<LiveAnswer> {
  return intoFile(context, liveBody(context.request, uploadLimit));
}

async function postContent(context: LiveItemContext): Promise<LiveAnswer> {
  return intoFile(context, (await openForm(context)).content);
}

async function intoFolder(
  context: LiveItemContext,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<LiveAnswer> {
  const { item: folder, drive, world, request, query, caller } = context;
  if (!isFolder(folder)) throw refusals.pathUnsupported(liveTypeOf(folder, {}), 'files');
  const rule = readOverwrite(query, request.headers['overwrite']) ?? 'replace';
  world.storage.read((records) => {
    checkName(records, drive, folder, name);
    checkFits(context, records);
    if (rule === 'refuse' && childNamed(records, folder, name) !== undefined)
      throw refusals.alreadyExists(name);
  });
  const downsize = readFlag(query, 'downsize_photo_uploads') ?? true;
  return storeUpload(context, { name, body, downsize }, (records, content) => {
    const parent = records.item(folder.key);
    if (parent === undefined || parent.bin !== 0) throw refusals.notFound(liveId(folder, drive));
    const existing = childNamed(records, parent, name);
    if (rule === 'refuse' && existing !== undefined) throw refusals.alreadyExists(name);
    const put = { parent, name, content, behavior: behaviorOf[rule] };
    const result = putFile(records, drive, put, actorOf(world, caller.account, caller.clientId));
    if (rule === 'duplicate' && existing !== undefined)
      putExtra(records, result.item.key, { alias: { name, stored: result.item.name } });
    return uploaded(context, records, result);
  });
}

/** A duplicate is stored under another name, which only Microsoft Graph shows. */
const behaviorOf: Readonly<Record<OverwriteRule, ConflictBehavior>> = {
  replace: 'replace',
  rename: 'rename',
  duplicate: 'rename',
  refuse: 'fail',
};

async function intoFile(context: LiveItemContext, body: AsyncIterable<Uint8Array>): Promise<LiveAnswer> {
  const { item: file, drive, world, caller, query } = context;
  if (file.data.kind !== 'file') throw refusals.pathUnsupported(liveTypeOf(file, {}), 'content');
  world.storage.read((records) => checkFits(context, records));
  const downsize = readFlag(query, 'downsize_photo_uploads') ?? true;
  return storeUpload(context, { name: file.name, body, downsize }, (records, content) => {
    const current = records.item(file.key);
    if (current === undefined || current.bin !== 0) throw refusals.notFound(liveId(file, drive));
    const item = replaceContent(
      records,
      drive,
      current,
      { content },
      actorOf(world, caller.account, caller.clientId),
    );
    return uploaded(context, records, { item, created: false });
  });
}

/** Checks before the body is read whether it can fit. */
function checkFits({ request, drive }: LiveItemContext, records: Records): void {
  const declared = declaredLength(request) ?? 0;
  if (declared > uploadLimit + 64 * 1024) throw refusals.tooLarge(uploadLimit);
  checkQuota(records, drive, declared);
}

/** `{"id", "name", "source"}`: the response to every upload. */
function uploaded(
  { drive, links }: LiveItemContext,
  records: Records,
  { item, created }: PutResult,
): LiveAnswer {
  return { status: created ? 201 : 200, json: uploadJson(records, item, drive, links) };
}

function uploadJson(
  records: Records,
  item: ItemRecord,
  drive: LiveItemContext['drive'],
  links: LiveItemContext['links'],
): Record<string, unknown> {
  return {
    id: liveId(item, drive),
    name: liveName(item, extraOf(records, item.key), drive),
    source: links.download(drive, item),
  };
}
