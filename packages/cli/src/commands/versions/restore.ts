/** `versions restore`: makes an earlier version the current one. */
import { restoreVersion } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { graphItem } from '../../arguments/graph-item.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'versions_restore',
  group: 'change',
  access: 'write',
  summary: 'Restore an earlier version of a file',
  description: 'The current content stays available as a version.',
  arguments: [
    { name: 'file', description: 'path, id or URL', names: 'item' },
    { name: 'version', description: 'number of the version, as listed by versions list' },
  ],
  options: [dryRunOption],
  examples: [{ line: 'versions restore report.docx 2.0', note: 'restore version 2.0' }],
  async run(context, { file, version }, options) {
    const [client, drive, item] = await graphItem(file, context, 'versions of files');
    if (options['dry-run']) return printPlan(context, [{ action: 'restore', object: file, version }]);
    await restoreVersion(client, drive, item, version, { signal: context.signal });
  },
});
