/** `user`: shows the signed-in user. */
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'user',
  group: 'account',
  access: 'profile',
  summary: 'Show the signed-in user',
  examples: [
    { line: 'user', note: 'show name, id and address of the account' },
    { line: 'user -k userPrincipalName', note: 'print only the address' },
  ],
  async run(context) {
    const drive = await context.drive();
    await context.print(await drive.user({ signal: context.signal }));
  },
});
