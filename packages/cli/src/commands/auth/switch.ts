/** `auth switch`: sets the default profile. */
import { selectProfile } from 'onedrive-kit/config';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'auth_switch',
  group: 'account',
  summary: 'Set the default profile',
  arguments: [
    { name: 'profile', description: 'name of a profile; "default" is the one at the top of the file' },
  ],
  options: [dryRunOption],
  examples: [{ line: 'auth switch work', note: 'use the profile "work" from now on' }],
  async run(context, { profile }, options) {
    const { name } = selectProfile(await context.config(), profile);
    if (options['dry-run']) return printPlan(context, [{ action: 'switch to', object: name }]);
    const value = name === 'default' ? undefined : name;
    await (await context.configFile()).change([{ path: ['profile'], value }], { signal: context.signal });
    await context.note(`Switched to profile "${name}".`);
    await context.result({ profile: name });
  },
});
