/** `comment_add`: of the older tool; Graph has no comments. */
import { defineCommand } from '../command.ts';
import { noComments } from './no-comments.ts';

export const command = defineCommand({
  name: 'comment_add',
  group: 'more',
  summary: 'Comment on an object (Microsoft Graph has no comments)',
  description:
    'Kept for scripts written for the older tool. Microsoft Graph offers no comments on\ndrive items, so this ends with exit status 9.',
  arguments: [
    { name: 'object', description: 'path or id' },
    { name: 'message', description: 'what to say' },
  ],
  examples: [{ line: 'comment_add Pics/image1.jpg "lovely"', note: 'says that Graph has no comments' }],
  async run() {
    throw noComments();
  },
});
