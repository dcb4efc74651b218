/** `config get`: prints one setting. */

import { settingTable } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../../definition/command.ts';
import { didYouMean } from '../../definition/did-you-mean.ts';
import { wantsObjects } from '../../output/printer.ts';

export const command = defineCommand({
  name: 'config_get',
  group: 'account',
  summary: 'Print the effective value of a setting',
  description:
    'Prints the default if the setting is not set. Prints nothing and exits with 1 if it has\nno default. Secrets are not printed.',
  arguments: [
    { name: 'key', description: 'name of the setting, such as client.id, tenant or network.proxy' },
  ],
  examples: [{ line: 'config get client.id', note: 'print the application id of the default profile' }],
  async run(context, { key }) {
    const spec = settingTable.find((setting) => setting.key === key);
    if (!spec) throw unknownSetting(key);
    if (spec.secret)
      throw new OneDriveError('usage', `${key} is a secret and is not printed.`, {
        hint: 'To see whether and where it is set: onedrive-cli config show --origin',
      });
    const value = spec.read(await context.profile()) ?? spec.default;
    if (value === undefined) return 1;
    if (wantsObjects(context.flags)) await context.print({ key, value });
    else await context.streams.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
    return undefined;
  },
});

/** The error for an unknown setting. */
export function unknownSetting(key: string): OneDriveError {
  if (key === 'profile')
    return new OneDriveError('usage', 'The default profile is not a setting of a profile.', {
      hint: 'To show it: onedrive-cli auth list. To set it: onedrive-cli auth switch NAME',
    });
  const keys = settingTable.map((setting) => setting.key);
  const meant = didYouMean(key, keys);
  return new OneDriveError('usage', `Unknown setting "${key}".`, {
    hint: meant === undefined ? `Settings: ${keys.join(', ')}.` : `Did you mean ${meant}?`,
  });
}
