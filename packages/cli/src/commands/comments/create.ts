/** `comments create`: adds a comment, over the Live v5.0 API. */
import { addComment } from 'onedrive-kit/live';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';
import { liveForComments, objectId } from './client.ts';

export const command = defineCommand({
  name: 'comments_create',
  group: 'more',
  access: 'write',
  summary: 'Comment on an object (Live v5.0 only)',
  description:
    'Adds a comment and prints it. Needs --api live-v5: the Microsoft Graph API has no\ncomments on drive items (exit status 9).',
  arguments: [
    { name: 'object', description: 'path or id' },
    { name: 'message', description: 'text of the comment, at most 10,000 characters' },
  ],
  options: [dryRunOption],
  examples: [{ line: '--api live-v5 comments create Pics/image1.jpg "lovely"', note: 'add a comment' }],
  async run(context, { object, message }, options) {
    const live = await liveForComments(context);
    const id = await objectId(context, object);
    if (options['dry-run']) return printPlan(context, [{ action: 'comment on', object, message }]);
    await context.print(await addComment(live, id, message, { signal: context.signal }));
  },
});
