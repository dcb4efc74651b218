/** `comments delete`: deletes a comment, over the Live v5.0 API. */
import { deleteComment } from 'onedrive-kit/live';
import { confirmAtTerminal } from '../../actions/confirm.ts';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';
import { liveForComments } from './client.ts';

export const command = defineCommand({
  name: 'comments_delete',
  group: 'more',
  access: 'write',
  summary: 'Delete a comment (Live v5.0 only)',
  description:
    'Needs --api live-v5: the Microsoft Graph API has no comments on drive items (exit\nstatus 9). The comments command prints the ids.',
  arguments: [{ name: 'comment_id', description: 'id of the comment' }],
  options: [dryRunOption],
  examples: [
    {
      line: '--api live-v5 comments delete comment.a6b2a7e8f2515e5e.a6b2a7e8f2515e5e!126.A6B2A7E8F2515E5E!1',
      note: 'delete a comment',
    },
  ],
  async run(context, { comment_id: id }, options) {
    const live = await liveForComments(context);
    if (options['dry-run']) return printPlan(context, [{ action: 'delete comment', object: id }]);
    await confirmAtTerminal(context, `delete the comment ${id}`);
    await deleteComment(live, id, { signal: context.signal });
  },
});
