/** `user`: who is signed in. */
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'user',
  group: 'account',
  access: 'profile',
  summary: 'Show who is signed in',
  examples: [
    { line: 'user', note: 'name, id and address of the account' },
    { line: 'user -k userPrincipalName', note: 'only the address' },
  ],
  async run(context) {
    const drive = await context.drive();
    await context.print(await drive.user({ signal: context.signal }));
  },
});
