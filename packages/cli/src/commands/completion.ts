/** `completion`: prints the completion script of a shell. */

import { OneDriveError } from 'onedrive-kit/errors';
import { completionScripts, type Shell } from '../completion/scripts.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'completion',
  group: 'more',
  summary: 'Generate a shell completion script',
  description: 'The script completes commands, options, and paths in the drive (cached for 30 seconds).',
  arguments: [{ name: 'shell', description: 'bash, zsh, fish or powershell' }],
  examples: [
    { line: 'completion bash >> ~/.bashrc', note: 'enable it permanently, in bash' },
    { line: 'completion fish | source', note: 'enable it for this session, in fish' },
  ],
  async run(context, { shell }) {
    if (!Object.hasOwn(completionScripts, shell))
      throw new OneDriveError('usage', `Completion does not support the shell "${shell}".`, {
        hint: `Supported shells: ${Object.keys(completionScripts).join(', ')}.`,
      });
    await context.streams.stdout.write(completionScripts[shell as Shell]);
  },
});
