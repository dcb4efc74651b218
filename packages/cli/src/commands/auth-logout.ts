/** `auth logout`: forget a sign-in on this machine. */

import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';
import { forgetSignIn } from '../sign-in/forget.ts';
import { keepsSecrets } from '../sign-in/where.ts';

export const command = defineCommand({
  name: 'auth_logout',
  group: 'account',
  summary: 'Sign out on this machine',
  description:
    'Removes the tokens and keeps the rest of the profile. The consent stays in place, and a\ncopied token still works: to end both, use auth revoke.',
  options: [{ name: 'all', description: 'sign out of every profile in the configuration' }, dryRunOption],
  examples: [
    { line: 'auth logout --profile work', note: 'one account' },
    { line: 'auth logout --all', note: 'every one' },
  ],
  async run(context, _, { all, ...options }) {
    const { profiles } = await context.config();
    const meant = all ? profiles : [await context.profile()];
    if (options['dry-run']) {
      const plan = meant.map(({ name }) => ({ action: 'sign out', object: name }));
      return printPlan(context, plan);
    }
    const chosen = meant.filter(({ session }) => keepsSecrets(session));
    if (chosen.length === 0) {
      const names = meant.map(({ name }) => name);
      await context.note(
        names.length === 1
          ? `Profile "${names.join('')}" is not signed in.`
          : `Not signed in: ${names.join(', ')}.`,
      );
      await context.result([]);
      return;
    }
    for (const profile of chosen) await forgetSignIn(context, profile);
    await context.note(`Signed out: ${chosen.map(({ name }) => name).join(', ')}.`);
    await context.result(chosen.map(({ name }) => ({ profile: name, signedIn: false })));
  },
});
