/** `config get`: one setting. */

import { settingTable } from '../../config/index.ts';
import { OneDriveError } from '../../errors/index.ts';
import { defineCommand } from '../definition/command.ts';
import { didYouMean } from '../definition/did-you-mean.ts';

export const command = defineCommand({
  name: 'config_get',
  group: 'account',
  summary: 'Print one setting as it counts now',
  description: 'Prints nothing, and exits with 1, where it is not set. Secrets are not printed.',
  arguments: [{ name: 'key', description: 'dotted: client.id, tenant, network.proxy' }],
  examples: [{ line: 'config get client.id', note: 'of the account that counts' }],
  async run(context, { key }) {
    const spec = settingTable.find((one) => one.key === key);
    if (!spec) throw unknownSetting(key);
    if (spec.secret)
      throw new OneDriveError('usage', `${key} is a secret; it is not printed.`, {
        hint: 'config show says whether it is set, and where.',
      });
    const value = spec.read(await context.profile());
    if (value === undefined) return 1;
    if (context.flags.json) await context.print({ key, value });
    else await context.streams.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
    return undefined;
  },
});

/** The error for a key that is none. */
export function unknownSetting(key: string): OneDriveError {
  if (key === 'profile')
    return new OneDriveError('usage', 'Which profile counts is no setting of a profile.', {
      hint: 'auth list shows it, and this changes it: onedrive-cli auth switch NAME',
    });
  const keys = settingTable.map((one) => one.key);
  const meant = didYouMean(key, keys);
  return new OneDriveError('usage', `There is no setting "${key}".`, {
    hint: meant === undefined ? `There are: ${keys.join(', ')}.` : `Did you mean ${meant}?`,
  });
}
