/** `config show`: shows the effective settings and their origins. */
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';
import { settingValues } from '../../session/setting-values.ts';

export const command = defineCommand({
  name: 'config_show',
  group: 'account',
  summary: 'Show effective settings',
  description:
    'Options override the environment, the environment overrides the profile in the file,\nand the profile overrides the defaults. Secrets are shown as ***.',
  options: [
    {
      name: 'origin',
      description: 'also show the origin of each value: option, variable, or line of the file',
    },
    { name: 'schema', description: 'print the JSON Schema of the file instead' },
  ],
  examples: [
    { line: 'config show --origin', note: 'show the settings with their origins' },
    { line: 'config show --profile work --json', note: 'print another profile as JSON' },
    {
      line: 'config show --schema > onedrive.schema.json',
      note: 'write the schema, for completion in an editor',
    },
  ],
  async run(context, _, { origin, schema }) {
    if (schema) {
      const { configJsonSchema } = await import('onedrive-kit/internal/config/schema');
      await context.streams.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
      return;
    }
    const values = await settingValues(context, await context.profile());
    if (wantsObjects(context.flags)) {
      await context.print(values);
      return;
    }
    for (const { key, value, origin: from } of values) {
      if (value === undefined) continue;
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      await context.streams.stdout.write(`${key}: ${shown}${origin ? `  # ${from}` : ''}\n`);
    }
  },
});
