/** `links delete`: revokes sharing links. */
import { OneDriveError } from 'onedrive-kit/errors';
import { deletePermission, listPermissions } from 'onedrive-kit/graph';
import { confirmAtTerminal } from '../../actions/confirm.ts';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { onEachInBatches } from '../../actions/each-in-batches.ts';
import { graphItem } from '../../arguments/graph-item.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';
import { countText } from '../../output/count-text.ts';

export const command = defineCommand({
  name: 'links_delete',
  group: 'change',
  access: 'write',
  summary: 'Revoke sharing links of a file or folder',
  description: 'Everyone who uses the link loses access; invited people keep theirs.',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'link', description: 'ids, as listed by links list', optional: true, variadic: true },
  ],
  options: [{ name: 'all', description: 'revoke every link of the object' }, dryRunOption],
  examples: [
    { line: 'links delete report.docx aBc', note: 'revoke one link' },
    { line: 'links delete --all report.docx', note: 'revoke all links' },
  ],
  async run(context, { object, link }, options) {
    if (options.all === link.length > 0)
      throw new OneDriveError('usage', 'Missing argument: the ids of the links to revoke, or --all.', {
        hint: `To list the ids: onedrive-cli links list ${object}`,
      });
    const [client, drive, item] = await graphItem(object, context, 'permissions');
    const call = { signal: context.signal };
    const permissions = options.all ? await collect(listPermissions(client, drive, item, call)) : [];
    const ids = options.all
      ? permissions.filter((permission) => permission.link !== undefined).map(({ id }) => id)
      : link;
    if (!options['dry-run'] && ids.length > 0)
      await confirmAtTerminal(context, `revoke ${countText(ids.length, 'link')} to ${object}`);
    return onEachInBatches(context, ids, async (id, inner) => {
      if (options['dry-run']) return printPlan(inner, [{ action: `revoke link ${id} to`, object }]);
      await deletePermission(await inner.client(), drive, item, id, call);
    });
  },
});
