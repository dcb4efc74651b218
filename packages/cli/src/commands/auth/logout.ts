/** `auth logout`: removes a sign-in from this machine. */

import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';
import { forgetSignIn } from '../../sign-in/forget.ts';
import { hasSecrets } from '../../sign-in/secret-location.ts';

export const command = defineCommand({
  name: 'auth_logout',
  group: 'account',
  summary: 'Sign out on this machine',
  description:
    'Removes the tokens and keeps the rest of the profile. The consent stays in place, and\ncopies of a token still work: to end both, use auth revoke.',
  options: [{ name: 'all', description: 'sign out of every profile in the configuration' }, dryRunOption],
  examples: [
    { line: 'auth logout --profile work', note: 'sign out of one profile' },
    { line: 'auth logout --all', note: 'sign out of all profiles' },
  ],
  async run(context, _, { all, ...options }) {
    const { profiles } = await context.config();
    const selected = all ? profiles : [await context.profile()];
    if (options['dry-run']) {
      const plan = selected.map(({ name }) => ({ action: 'sign out', object: name }));
      return printPlan(context, plan);
    }
    const signedIn = selected.filter(({ session }) => hasSecrets(session));
    if (signedIn.length === 0) {
      const names = selected.map(({ name }) => name);
      await context.note(
        names.length === 1
          ? `Profile "${names.join('')}" is not signed in.`
          : `Not signed in: ${names.join(', ')}.`,
      );
      await context.result([]);
      return;
    }
    for (const profile of signedIn) await forgetSignIn(context, profile);
    await context.note(`Signed out: ${signedIn.map(({ name }) => name).join(', ')}.`);
    await context.result(signedIn.map(({ name }) => ({ profile: name, signedIn: false })));
  },
});
