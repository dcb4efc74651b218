/** `auth switch`: which account counts where --profile is not given. */
import { selectProfile } from '../../config/index.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'auth_switch',
  group: 'account',
  summary: 'Choose the account that counts where --profile is not given',
  arguments: [{ name: 'profile', description: 'its name; default is the one at the top of the file' }],
  options: [dryRunOption],
  examples: [{ line: 'auth switch work', note: 'from now on' }],
  async run(context, { profile }, options) {
    const { name } = selectProfile(await context.config(), profile);
    if (options['dry-run']) return printPlan(context, [{ action: 'switch to', object: name }]);
    const value = name === 'default' ? undefined : name;
    await (await context.configFile()).change([{ path: ['profile'], value }], { signal: context.signal });
    await context.note(`${name} is the account that counts now.`);
    await context.result({ profile: name });
  },
});
