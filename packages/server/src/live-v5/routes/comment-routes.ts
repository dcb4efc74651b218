/** Comments. Source: MSDN dn631832, "Comment object". */
import { cidOf, commentId } from '../live-id.ts';
import { addComment, type CommentRecord, commentAt, commentsOf, deleteComment } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { liveTime } from '../live-time.ts';
import type { Json } from '../object-json.ts';
import { pageOf } from './list-page.ts';
import { readProperties, textOf } from './live-body.ts';
import type { LiveAnswer, LiveCommentContext, LiveItemContext, LiveRoute } from './live-route.ts';

const source = 'MSDN dn631832, "Comment object"';

export const commentRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'item', tail: 'comments', access: 'read', source, handle: list },
  { method: 'POST', on: 'item', tail: 'comments', access: 'write', source, handle: add },
  { method: 'GET', on: 'comment', tail: '', access: 'read', source, handle: get },
  { method: 'DELETE', on: 'comment', tail: '', access: 'write', source, handle: remove },
];

/** Maximum length of a comment in characters. */
const limit = 10_000;

function commentJson(comment: CommentRecord, { item, drive }: LiveItemContext): Json {
  return {
    id: commentId(item, drive, comment.number),
    from: { name: comment.from.name, id: comment.from.id },
    message: comment.message,
    created_time: liveTime(comment.created),
  };
}

async function list(context: LiveItemContext): Promise<LiveAnswer> {
  const comments = context.world.storage.read((records) => commentsOf(records, context.item.key));
  return pageOf(context, comments, (comment) => commentJson(comment, context));
}

async function add(context: LiveItemContext): Promise<LiveAnswer> {
  const { world, item, caller } = context;
  const message = textOf(await readProperties(context.request), 'message')?.trim() ?? '';
  if (message === '') throw refusals.parameterMissing('message');
  if (message.length > limit)
    throw refusals.parameterInvalid('message', `it is longer than ${limit} characters`);
  const from = { id: cidOf({ ownerId: caller.account.id }), name: caller.account.displayName };
  const comment = world.storage.write((records) =>
    addComment(records, item.key, { from, message, created: world.clock.now() }),
  );
  return { status: 201, json: commentJson(comment, context) };
}

async function get(context: LiveCommentContext): Promise<LiveAnswer> {
  const { world, item, number } = context;
  const comment = world.storage.read((records) => commentAt(records, item.key, number));
  if (comment === undefined) throw refusals.notFound(commentId(item, context.drive, number));
  return { status: 200, json: commentJson(comment, context) };
}

async function remove(context: LiveCommentContext): Promise<LiveAnswer> {
  const { world, item, number, drive } = context;
  world.storage.write((records) => {
    if (commentAt(records, item.key, number) === undefined)
      throw refusals.notFound(commentId(item, drive, number));
    deleteComment(records, item.key, number);
  });
  return { status: 204 };
}
