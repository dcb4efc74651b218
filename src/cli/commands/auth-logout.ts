/** `auth logout`: forget a sign-in on this machine. */

import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';
import { forgetSignIn } from '../sign-in/forget.ts';
import { keepsSecrets } from '../sign-in/where.ts';

export const command = defineCommand({
  name: 'auth_logout',
  group: 'account',
  summary: 'Forget the sign-in on this machine',
  description:
    'Removes the tokens, not the rest of the profile. Microsoft still knows the consent,\nand a token that somebody copied still works: auth revoke is for that.',
  options: [{ name: 'all', description: 'of every account in the configuration' }, dryRunOption],
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
      await context.note(`Nobody is signed in: ${meant.map(({ name }) => name).join(', ')}.`);
      await context.result([]);
      return;
    }
    for (const profile of chosen) await forgetSignIn(context, profile);
    await context.note(`Signed out: ${chosen.map(({ name }) => name).join(', ')}.`);
    await context.result(chosen.map(({ name }) => ({ profile: name, signedIn: false })));
  },
});
