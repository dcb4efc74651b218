/** `comments`: of an object, over the wire that has them. */
import { listComments } from 'onedrive-kit/live';
import { defineCommand } from '../definition/command.ts';
import { liveForComments, objectId } from './comment-wire.ts';

export const command = defineCommand({
  name: 'comments',
  group: 'more',
  access: 'read',
  summary: 'Show the comments on an object (Live v5.0 only)',
  description:
    'Microsoft Graph offers no comments on drive items: over it this ends with exit\nstatus 9. Over Live v5.0 (--api live-v5) it prints them, oldest first.',
  arguments: [{ name: 'object', description: 'path or id' }],
  examples: [
    { line: '--api live-v5 comments Pics/image1.jpg', note: 'all of them' },
    { line: '--api live-v5 comments -k message Pics/image1.jpg', note: 'only the texts' },
  ],
  async run(context, { object }) {
    const live = await liveForComments(context);
    const id = await objectId(context, object);
    const { data } = await listComments(live, id, { signal: context.signal });
    await context.print(data);
  },
});
