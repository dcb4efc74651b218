/** `mkdir`: makes a folder. */
import { parsePath, resolve } from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { below, describeItem, itemById } from '../../graph/item-ref-forms.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { objectArgument } from '../arguments/json-argument.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'mkdir',
  group: 'change',
  access: 'write',
  summary: 'Make a folder',
  description:
    'NAME may be a path below the folder, whose last part is made. A folder or file of\nthat name that is there already is a conflict (exit status 5).',
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
      description: 'also -p: make the folders above too; one that is there is taken as it is',
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
    // Everybody types -p for this; as the option --path it says what is so here anyway.
    const parents = options.parents || context.flags.path;
    const above = { anchor: ref.anchor, path: ref.path.slice(0, -1) };
    const made = await drive.makeFolder(above, last, { ...context.call, parents });
    await context.result(
      change === undefined ? made : await drive.update(itemById(made.id), change, context.call),
    );
  },
});
