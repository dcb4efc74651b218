/** `mkdir`: makes a folder. */
import { parsePath, resolve } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { below, describeItem, itemById } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { objectArgument } from '../arguments/json-argument.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'mkdir',
  group: 'change',
  access: 'write',
  summary: 'Make a folder',
  description:
    'NAME may be a path below the folder; its last part is the new folder. An existing file\nor folder of that name is a conflict (exit status 5), unless -p is given.',
  arguments: [
    { name: 'name', description: 'name of the new folder, or a path that ends with it' },
    {
      name: 'folder',
      description: 'path or id of the parent (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    {
      name: 'parents',
      short: 'p',
      description: 'make missing parent folders too; an existing folder is not an error',
    },
    {
      name: 'metadata',
      short: 'm',
      value: 'JSON',
      description: 'what to set on it, such as a description; or @FILE',
    },
    dryRunOption,
  ],
  examples: [
    { line: 'mkdir Photos', note: 'in the root' },
    { line: 'mkdir 2026 Photos', note: 'in Photos; the same: mkdir Photos/2026' },
    { line: 'mkdir -p A/B/C', note: 'with the folders above' },
    { line: `mkdir -m '{"description": "last trip"}' Trip`, note: 'with a description' },
  ],
  async run(context, { name, folder }, options) {
    const change =
      options.metadata === undefined
        ? undefined
        : await objectArgument(options.metadata, '--metadata', context);
    const ref =
      folder === undefined ? resolve(name, 'path') : below(resolve(folder, context.as), ...parsePath(name));
    const last = ref.path.at(-1);
    if (last === undefined || parsePath(name).length === 0)
      throw new OneDriveError('usage', 'The new folder needs a name.');
    const drive = await context.drive();
    if (options['dry-run']) return printPlan(context, [{ action: 'make', object: describeItem(ref) }]);
    const above = { anchor: ref.anchor, path: ref.path.slice(0, -1) };
    const made = await drive.makeFolder(above, last, { ...context.call, parents: options.parents });
    await context.result(
      change === undefined ? made : await drive.update(itemById(made.id), change, context.call),
    );
  },
});
