/**
 * Tags: people in a photo or a video. Sources: MSDN dn659721, "Read, create, or delete tags (REST)";
 * dn631848, "Tag object".
 */

import { base64url } from '../../core/base-encodings.ts';
import { isObject } from '../../core/body.ts';
import { liveId, tagId } from '../live-id.ts';
import { deleteTag, putTag, type TagRecord, tagAt, tagsOf } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { liveTime } from '../live-time.ts';
import { liveTypeOf } from '../live-type.ts';
import type { Json } from '../object-json.ts';
import { pageOf } from './list-page.ts';
import { readProperties, textOf } from './live-body.ts';
import type { LiveAnswer, LiveItemContext, LiveRoute, LiveTagContext } from './live-route.ts';

const source = 'MSDN dn659721, "Read, create, or delete tags (REST)"';

export const tagRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'item', tail: 'tags', access: 'read', source, handle: list },
  { method: 'POST', on: 'item', tail: 'tags', access: 'write', source, handle: add },
  { method: 'GET', on: 'tag', tail: '', access: 'read', source, handle: get },
  { method: 'DELETE', on: 'tag', tail: '', access: 'write', source, handle: remove },
];

/** @throws LiveRefusal 400 for an object that is not a photo or video. */
function requireTaggable({ item, drive }: LiveItemContext): 'photo' | 'video' | 'audio' {
  const type = liveTypeOf(item, {});
  if (type === 'photo' || type === 'video' || type === 'audio') return type;
  throw refusals.resourceTypeInvalid(liveId(item, drive), ['photo', 'video', 'audio']);
}

function tagJson({ tag, user, x, y, created }: TagRecord, { item, drive }: LiveItemContext): Json {
  const place = x === undefined || y === undefined ? {} : { x, y };
  return { id: tagId(item, drive, tag), user, ...place, created_time: liveTime(created) };
}

async function list(context: LiveItemContext): Promise<LiveAnswer> {
  requireTaggable(context);
  const tags = context.world.storage.read((records) => tagsOf(records, context.item.key));
  return pageOf(context, tags, (tag) => tagJson(tag, context));
}

async function add(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, item } = context;
  const type = requireTaggable(context);
  const body = await readProperties(context.request);
  const user = readUser(body['user']);
  // Only tags of a photo have a position.
  const place = type === 'photo' ? { x: readPercent(body, 'x'), y: readPercent(body, 'y') } : {};
  const made = world.storage.write((records) => {
    const last = tagsOf(records, item.key).at(-1)?.created ?? 0;
    const tag = base64url(world.random.bytes(20));
    // Tags created at the same time keep their order.
    const created = Math.max(world.clock.now(), last + 1);
    return putTag(records, item.key, { tag, user, ...place, created });
  });
  return { status: 201, json: tagJson(made, context) };
}

/** A name, a user id, or both. */
function readUser(value: unknown): TagRecord['user'] {
  if (!isObject(value)) throw refusals.parameterMissing('user');
  const name = textOf(value, 'name')?.slice(0, 256) ?? null;
  const id = textOf(value, 'id')?.slice(0, 64) ?? null;
  if (name === null && id === null) throw refusals.oneParameterMissing(['user.id', 'user.name']);
  return { name, id };
}

function readPercent(body: Readonly<Record<string, unknown>>, name: 'x' | 'y'): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  // All values in a form are text.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= 0 && number <= 100) return number;
  throw refusals.parameterInvalid(name, 'it must be a number from 0 to 100');
}

function present(context: LiveTagContext): TagRecord {
  const { world, item, drive, tag } = context;
  const record = world.storage.read((records) => tagAt(records, item.key, tag));
  if (record === undefined) throw refusals.notFound(tagId(item, drive, tag));
  return record;
}

async function get(context: LiveTagContext): Promise<LiveAnswer> {
  return { status: 200, json: tagJson(present(context), context) };
}

async function remove(context: LiveTagContext): Promise<LiveAnswer> {
  const { tag } = present(context);
  context.world.storage.write((records) => deleteTag(records, context.item.key, tag));
  return { status: 204 };
}
