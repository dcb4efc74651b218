/** `comment_delete`: of the older tool; Graph has no comments. */
import { defineCommand } from '../command.ts';
import { noComments } from './no-comments.ts';

export const command = defineCommand({
  name: 'comment_delete',
  group: 'more',
  summary: 'Delete a comment (Microsoft Graph has no comments)',
  description:
    'Kept for scripts written for the older tool. Microsoft Graph offers no comments on\ndrive items, so this ends with exit status 9.',
  arguments: [{ name: 'comment_id', description: 'id, as `comments` shows it' }],
  examples: [{ line: 'comment_delete 42', note: 'says that Graph has no comments' }],
  async run() {
    throw noComments();
  },
});
