/** `share`: gives people access to an object. */
import { invite } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { expiryOf } from '../arguments/expiry.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'share',
  group: 'change',
  access: 'write',
  summary: 'Share a file or folder with people',
  description: 'Recipients must sign in. Sends no message, except with --message.',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'person', description: 'email addresses', variadic: true },
  ],
  options: [
    {
      name: 'role',
      value: 'ROLE',
      choices: ['read', 'write'],
      default: 'read',
      description: 'access to give',
    },
    { name: 'message', value: 'TEXT', description: 'send an invitation with this text' },
    { name: 'expires', value: 'DATE', description: 'expiry date of the access, such as 2026-12-31' },
    dryRunOption,
  ],
  examples: [
    { line: 'share Documents ann@contoso.com', note: 'share for reading' },
    {
      line: 'share --role write plan.xlsx ann@contoso.com bo@contoso.com',
      note: 'share for editing with two people',
    },
  ],
  async run(context, { object, person }, { role, message, expires, ...options }) {
    const [client, drive, item] = await graphItem(object, context, 'permissions');
    const request = {
      recipients: person.map((email) => ({ email })),
      roles: [role],
      requireSignIn: true,
      sendInvitation: message !== undefined,
      ...(message === undefined ? {} : { message }),
      ...expiryOf(expires, context.clock.now()),
    };
    if (options['dry-run'])
      return printPlan(context, [{ action: `share (${role})`, object, to: person.join(', ') }]);
    await context.result(await invite(client, drive, item, request, { signal: context.signal }));
  },
});
