/** `config set`: changes one setting in the configuration file. */

import { profilePath, settingTable } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { typedLines } from '../../sign-in/typed-lines.ts';
import { unknownSetting } from './get.ts';

export const command = defineCommand({
  name: 'config_set',
  group: 'account',
  summary: 'Change one setting in the configuration file',
  description:
    'Validates the value before writing, and keeps all other lines unchanged. Secrets are\nread from stdin, never from the command line, which other users can see.',
  arguments: [
    { name: 'key', description: 'name of the setting, such as tenant or network.proxy' },
    { name: 'value', description: 'new value; omit it with --unset and for secrets', optional: true },
  ],
  options: [{ name: 'unset', description: 'remove the setting from the file' }, dryRunOption],
  examples: [
    { line: 'config set tenant contoso.com --profile work', note: 'set the tenant of one profile' },
    { line: 'config set client.secret < secret.txt', note: 'set a secret' },
    { line: 'config set network.proxy --unset', note: 'restore the default' },
  ],
  async run(context, { key, value }, { unset, ...options }) {
    const spec = settingTable.find((setting) => setting.key === key);
    if (!spec) throw unknownSetting(key);
    if (spec.secret && value !== undefined) throw secretInArguments(key);
    if (spec.mapping && !unset) throw mappingInArguments(key);
    const next = unset ? undefined : (value ?? (spec.secret ? await typedSecret(context, key) : undefined));
    if (!unset && next === undefined) throw new OneDriveError('usage', `${key} needs a value, or --unset.`);
    const { name } = await profileOrTop(context);
    const path = [...profilePath(name), ...key.split('.')];
    const changed = key === 'scopes' && next !== undefined ? next.split(/[\s,]+/).filter(Boolean) : next;
    if (next !== undefined) {
      // The value is validated like one from the environment, so that no invalid value reaches the file.
      const { withOverrides, emptyProfile } = await import('onedrive-kit/config');
      const override = { spec, text: next, layer: { kind: 'typed', name: key } } as const;
      withOverrides(emptyProfile(name, await context.config()), [override]);
    }
    if (options['dry-run'])
      return printPlan(context, [{ action: unset ? 'unset' : 'set', object: key, profile: name }]);
    await (await context.configFile()).change([{ path, value: changed }], { signal: context.signal });
    await context.result({ key, profile: name });
  },
});

/** The selected profile; `--profile new` creates it. */
async function profileOrTop(context: Context): Promise<{ readonly name: string }> {
  const { pendingOf } = await import('../../sign-in/plan.ts');
  return (await pendingOf(context)).profile;
}

async function typedSecret(context: Context, key: string): Promise<string> {
  for await (const line of typedLines(context.streams.stdin)) return line.replace(/\r$/, '');
  throw new OneDriveError('usage', `${key} is read from stdin, but stdin is empty.`);
}

function mappingInArguments(key: string): OneDriveError {
  return new OneDriveError('usage', `${key} is a mapping, which config set cannot write.`, {
    hint: 'Edit the file: onedrive-cli config edit',
  });
}

function secretInArguments(key: string): OneDriveError {
  return new OneDriveError(
    'usage',
    `${key} is a secret, and every user of this machine can see command lines.`,
    {
      hint: `Pass it on stdin: onedrive-cli config set ${key} < FILE`,
    },
  );
}
