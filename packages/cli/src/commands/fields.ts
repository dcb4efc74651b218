/** `fields`: shows or sets the library columns of an object. */
import { getListItemFields, updateListItemFields } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { objectArgument } from '../arguments/json-argument.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'fields',
  group: 'browse',
  access: 'read',
  summary: 'Show or set the library columns of a file or folder',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'json', description: 'columns to set as JSON, @FILE, or - for stdin', optional: true },
  ],
  options: [dryRunOption],
  examples: [
    { line: 'fields plan.xlsx', note: 'show all columns' },
    { line: `fields plan.xlsx '{"Status": "Final"}'`, note: 'set one column' },
  ],
  async run(context, { object, json }, options) {
    const [client, drive, item] = await graphItem(object, context, 'columns of libraries');
    const call = { signal: context.signal };
    if (json === undefined) return context.print(await getListItemFields(client, drive, item, call));
    const fields = await objectArgument(json, 'json', context);
    if (options['dry-run']) return printPlan(context, [{ action: 'set columns of', object, fields }]);
    await context.result(await updateListItemFields(client, drive, item, fields, call));
  },
});
