/** `config path`: prints the path of the configuration file in use. */
import { userFolders } from 'onedrive-kit/config';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'config_path',
  group: 'account',
  summary: 'Print the path of the configuration file in use',
  options: [{ name: 'all', description: 'also print the data, state and cache folders' }],
  examples: [{ line: 'config path', note: 'print the path, even if the file does not exist yet' }],
  async run(context, _, { all }) {
    const { path } = await context.configFile();
    if (all || context.flags.json) await context.print({ path, ...userFolders(context) });
    else await context.streams.stdout.write(`${path}\n`);
  },
});
