/** `completion`: the script that teaches a shell. */

import { OneDriveError } from 'onedrive-kit/errors';
import { completionScripts, type Shell } from '../completion/scripts.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'completion',
  group: 'more',
  summary: 'Generate a shell completion script',
  description: 'Names in the drive are cached for 30 seconds.',
  arguments: [{ name: 'shell', description: 'bash, zsh, fish or powershell' }],
  examples: [
    { line: 'completion bash >> ~/.bashrc', note: 'permanently, in bash' },
    { line: 'completion fish | source', note: 'for this session, in fish' },
  ],
  async run(context, { shell }) {
    if (!Object.hasOwn(completionScripts, shell))
      throw new OneDriveError('usage', `There is no completion for "${shell}".`, {
        hint: `Choose one of: ${Object.keys(completionScripts).join(', ')}.`,
      });
    await context.streams.stdout.write(completionScripts[shell as Shell]);
  },
});
