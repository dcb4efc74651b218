/** `mkdir`: creates a folder. */
import { parsePath, resolve } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { below, describeItem, itemById } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { objectArgument } from '../arguments/json-argument.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'mkdir',
  group: 'change',
  access: 'write',
  summary: 'Create a folder',
  description:
    'NAME can be a path below FOLDER; its last part is the new folder. Fails with exit\nstatus 5 if the name is taken; with -p an existing folder is not an error.',
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
      description: 'create missing parent folders too; an existing folder is not an error',
    },
    {
      name: 'metadata',
      short: 'm',
      value: 'JSON',
      description: 'properties to set, such as a description, as JSON or @FILE',
    },
    dryRunOption,
  ],
  examples: [
    { line: 'mkdir Photos', note: 'create a folder in the root' },
    { line: 'mkdir 2026 Photos', note: 'create Photos/2026 (same as: mkdir Photos/2026)' },
    { line: 'mkdir -p A/B/C', note: 'create all three folders' },
    { line: `mkdir -m '{"description": "last trip"}' Trip`, note: 'set a description' },
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
      throw new OneDriveError('usage', 'Missing name of the new folder.');
    const drive = await context.drive();
    if (options['dry-run']) return printPlan(context, [{ action: 'create', object: describeItem(ref) }]);
    const parent = { anchor: ref.anchor, path: ref.path.slice(0, -1) };
    const folderItem = await drive.makeFolder(parent, last, { ...context.call, parents: options.parents });
    await context.result(
      change === undefined ? folderItem : await drive.update(itemById(folderItem.id), change, context.call),
    );
  },
});
