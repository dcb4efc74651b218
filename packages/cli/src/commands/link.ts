/** `link`: a URL by which others reach an object. */

import { parseMoment } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { CreateLinkRequest } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { bytesArgument } from '../arguments/json-argument.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';

/** The older tool's word → Graph's: https://learn.microsoft.com/graph/api/driveitem-createlink#link-types */
const types: Readonly<Record<string, 'view' | 'edit' | 'embed'>> = {
  shared_read_link: 'view',
  shared_edit_link: 'edit',
  embed: 'embed',
  view: 'view',
  edit: 'edit',
};

export const command = defineCommand({
  name: 'link',
  group: 'change',
  access: 'write',
  summary: 'Create a sharing link',
  description:
    'Requesting the same link again returns the existing one. view is short for\nshared_read_link, edit for shared_edit_link; embed returns HTML for a web page, on\npersonal drives only. With --json: the whole permission.',
  arguments: [{ name: 'object', description: 'path or id', names: 'item' }],
  options: [
    {
      name: 'type',
      short: 't',
      value: 'TYPE',
      choices: Object.keys(types),
      default: 'shared_read_link',
      description: 'what the link allows',
    },
    {
      name: 'scope',
      short: 's',
      value: 'SCOPE',
      choices: ['anonymous', 'organization', 'users'],
      description: 'who can use it (default: the setting of the account or its organization)',
    },
    {
      name: 'password-file',
      value: 'FILE',
      description: 'a file that holds a password for it; - for stdin (personal)',
    },
    { name: 'expires', value: 'DATE', description: 'until when: 2026-12-31, or an age as 7d for in 7 days' },
    dryRunOption,
  ],
  examples: [
    { line: 'link Pics/image1.jpg', note: 'for reading' },
    { line: 'link -t edit Documents', note: 'for reading and writing' },
    { line: 'link --scope organization --expires 7d Documents', note: 'for colleagues, for a week' },
    { line: 'link -t embed Pics/image1.jpg', note: 'HTML for a web page' },
  ],
  async run(context, { object }, options) {
    const type = types[options.type] ?? 'view';
    const drive = await context.drive();
    const request = await linkRequest(context, type, options);
    if (options['dry-run']) {
      await drive.stat(object, context.call);
      return printPlan(context, [
        {
          action: `make a ${type} link to`,
          object,
          scope: request.scope,
          expires: request.expirationDateTime,
        },
      ]);
    }
    const permission = await drive.link(object, { ...context.call, ...request });
    await noteClamped(context, request.expirationDateTime, permission.expirationDateTime);
    if (wantsObjects(context.flags)) return context.print(permission);
    const { webUrl, webHtml } = permission.link ?? {};
    if (type === 'embed' && webHtml !== undefined) return context.print({ embed_html: webHtml });
    if (webUrl === undefined)
      throw new OneDriveError('protocol', `The service made a link to ${object} but did not say which.`);
    await context.print({ link: webUrl });
  },
});

/** What to ask for. A password comes from a file, since everybody on the machine can read a command line. */
async function linkRequest(
  context: Context,
  type: CreateLinkRequest['type'],
  options: {
    readonly scope: string | undefined;
    readonly 'password-file': string | undefined;
    readonly expires: string | undefined;
  },
): Promise<CreateLinkRequest> {
  const { scope, expires, 'password-file': file } = options;
  const now = context.clock.now();
  // An age is so long ago; for the end of a link it is so long ahead.
  const ahead = expires !== undefined && /[a-z]$/.test(expires);
  const moment = expires === undefined ? undefined : parseMoment(expires, now);
  const password =
    file === undefined
      ? undefined
      : new TextDecoder()
          .decode(await bytesArgument(file === '-' ? '-' : `@${file}`, context))
          .replace(/\r?\n$/, '');
  return {
    type,
    ...(scope === undefined ? {} : { scope: scope as 'anonymous' }),
    ...(password === undefined ? {} : { password }),
    ...(moment === undefined
      ? {}
      : { expirationDateTime: new Date(ahead ? 2 * now - moment : moment).toISOString() }),
  };
}

/** Some organisations allow links for a shorter time, and the service then shortens it without a word. */
async function noteClamped(
  context: Context,
  wanted: string | undefined,
  given: string | undefined,
): Promise<void> {
  if (wanted === undefined || (given !== undefined && Date.parse(given) >= Date.parse(wanted) - 1000)) return;
  await context.note(
    given === undefined
      ? 'The service set no end to the link.'
      : `The service ends the link earlier: ${given}`,
  );
}
