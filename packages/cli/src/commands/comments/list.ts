/** `comments`: lists the comments on an object, over the Live v5.0 API. */
import { listComments } from 'onedrive-kit/live';
import { defineCommand } from '../../definition/command.ts';
import { liveForComments, objectId } from './client.ts';

export const command = defineCommand({
  name: 'comments_list',
  group: 'more',
  access: 'read',
  summary: 'Show the comments on an object (Live v5.0 only)',
  description:
    'Prints the comments, oldest first. Needs --api live-v5: the Microsoft Graph API has no\ncomments on drive items (exit status 9).',
  arguments: [{ name: 'object', description: 'path or id' }],
  examples: [
    { line: '--api live-v5 comments Pics/image1.jpg', note: 'list all comments' },
    { line: '--api live-v5 comments -k message Pics/image1.jpg', note: 'print only the texts' },
  ],
  async run(context, { object }) {
    const live = await liveForComments(context);
    const id = await objectId(context, object);
    const { data } = await listComments(live, id, { signal: context.signal });
    await context.print(data);
  },
});
