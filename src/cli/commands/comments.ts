/** `comments`: of the older tool; Graph has none. */
import { defineCommand } from '../command.ts';
import { noComments } from './no-comments.ts';

export const command = defineCommand({
  name: 'comments',
  group: 'more',
  summary: 'Show the comments on an object (Microsoft Graph has none)',
  description:
    'Kept for scripts written for the older tool. Microsoft Graph offers no comments on\ndrive items, so this ends with exit status 9.',
  arguments: [{ name: 'object', description: 'path or id' }],
  examples: [{ line: 'comments Pics/image1.jpg', note: 'says that Graph has no comments' }],
  async run() {
    throw noComments();
  },
});
