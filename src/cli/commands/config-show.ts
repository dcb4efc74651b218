/** `config show`: every setting that counts now, and where it comes from. */
import { defineCommand } from '../definition/command.ts';
import { settingValues } from '../session/setting-values.ts';

export const command = defineCommand({
  name: 'config_show',
  group: 'account',
  summary: 'Show every setting that counts, and with --origin where it comes from',
  description:
    'Flags go before the environment, the environment before the profile in the file, the\nprofile before the defaults. Secrets are shown as ***.',
  options: [
    { name: 'origin', description: 'with the flag, the variable, or the line of the file' },
    { name: 'schema', description: 'print the JSON Schema of the file instead' },
  ],
  examples: [
    { line: 'config show --origin', note: 'why is it so?' },
    { line: 'config show --profile work --json', note: 'of another account, for scripts' },
    { line: 'config show --schema > onedrive.schema.json', note: 'for an editor' },
  ],
  async run(context, _, { origin, schema }) {
    if (schema) {
      const { configJsonSchema } = await import('../../config/schema.ts');
      await context.streams.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
      return;
    }
    const values = await settingValues(context, await context.profile());
    if (context.flags.json || context.flags.query !== undefined) {
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
