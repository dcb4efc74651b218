/** `auth list`: lists the profiles in the configuration. */
import { defineCommand } from '../../definition/command.ts';
import { isSignedIn } from '../../sign-in/secret-location.ts';

export const command = defineCommand({
  name: 'auth_list',
  group: 'account',
  summary: 'List the profiles in the configuration',
  description: 'Sends no requests: shows what the last sign-ins stored.',
  lists: 'rows',
  examples: [{ line: 'auth list --json', note: 'print JSON, for scripts' }],
  async run(context) {
    const { profiles, defaultProfile } = await context.config();
    const rows = profiles.map((profile) => ({
      name: profile.name,
      default: profile.name === defaultProfile,
      account: profile.session.account?.username ?? profile.account,
      tenant: profile.tenant ?? profile.session.account?.tenantId,
      cloud: profile.cloud,
      api: profile.api,
      signIn: profile.signIn,
      readOnly: profile.readOnly,
      signedIn: isSignedIn(profile),
    }));
    await context.print(rows);
  },
});
