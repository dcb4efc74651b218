/** `share`: gives people access. */
import { parseMoment } from 'onedrive-kit/drive';
import { invite } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'share',
  group: 'change',
  access: 'write',
  summary: 'Share a file or folder with people',
  description: 'Recipients must sign in. No message is sent unless --message is given.',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'person', description: 'addresses', variadic: true },
  ],
  options: [
    {
      name: 'role',
      value: 'ROLE',
      choices: ['read', 'write'],
      default: 'read',
      description: 'what they may do',
    },
    { name: 'message', value: 'TEXT', description: 'send an invitation with this text' },
    { name: 'expires', value: 'DATE', description: 'until when: 2026-12-31' },
    dryRunOption,
  ],
  examples: [
    { line: 'share Documents ann@contoso.com', note: 'for reading' },
    { line: 'share --role write plan.xlsx ann@contoso.com bo@contoso.com', note: 'for writing, two people' },
  ],
  async run(context, { object, person }, { role, message, expires, ...options }) {
    const [client, drive, item] = await graphItem(object, context, 'permissions');
    const request = {
      recipients: person.map((email) => ({ email })),
      roles: [role],
      requireSignIn: true,
      sendInvitation: message !== undefined,
      ...(message === undefined ? {} : { message }),
      ...(expires === undefined
        ? {}
        : { expirationDateTime: new Date(parseMoment(expires, context.clock.now())).toISOString() }),
    };
    if (options['dry-run'])
      return printPlan(context, [{ action: `share (${role})`, object, to: person.join(', ') }]);
    await context.result(await invite(client, drive, item, request, { signal: context.signal }));
  },
});
