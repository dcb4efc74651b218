/** `link`: creates a sharing link. */

import { OneDriveError } from 'onedrive-kit/errors';
import type { CreateLinkRequest } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { expiryOf } from '../arguments/expiry.ts';
import { bytesArgument } from '../arguments/json-argument.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';

/** Type in python-onedrive → type in Graph: https://learn.microsoft.com/graph/api/driveitem-createlink#link-types */
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
    'Prints the existing link if there is one of this type and scope. view is short for\nshared_read_link, edit for shared_edit_link; embed prints HTML for a web page, on\npersonal drives only. --json prints the whole permission.',
  arguments: [{ name: 'object', description: 'path or id', names: 'item' }],
  options: [
    {
      name: 'type',
      short: 't',
      value: 'TYPE',
      choices: Object.keys(types),
      default: 'shared_read_link',
      description: 'access that the link gives',
    },
    {
      name: 'role',
      value: 'ROLE',
      choices: ['read', 'write'],
      description: 'access that the link gives: read is --type view, write is --type edit',
    },
    {
      name: 'scope',
      formerly: ['-s'],
      value: 'SCOPE',
      choices: ['anonymous', 'organization', 'users'],
      description: 'who can use it (default: the setting of the account or its organization)',
    },
    {
      name: 'password-file',
      value: 'FILE',
      description: 'read a password for the link from a file, or - for stdin (personal drives)',
    },
    { name: 'expires', value: 'DATE', description: 'expiry: a date such as 2026-12-31, or 7d for in 7 days' },
    dryRunOption,
  ],
  examples: [
    { line: 'link Pics/image1.jpg', note: 'create a link for reading' },
    { line: 'link --role write Documents', note: 'create a link for editing' },
    {
      line: 'link --scope organization --expires 7d Documents',
      note: 'create a link for colleagues that expires in a week',
    },
    { line: 'link -t embed Pics/image1.jpg', note: 'print HTML for a web page' },
  ],
  async run(context, { object }, options) {
    const type = linkType(options.type, options.role);
    const drive = await context.drive();
    const request = await linkRequest(context, type, options);
    if (options['dry-run']) {
      await drive.stat(object, context.call);
      return printPlan(context, [
        {
          action: `create a ${type} link to`,
          object,
          scope: request.scope,
          expires: request.expirationDateTime,
        },
      ]);
    }
    const permission = await drive.link(object, { ...context.call, ...request });
    await noteShortenedExpiry(context, request.expirationDateTime, permission.expirationDateTime);
    if (wantsObjects(context.flags)) return context.print(permission);
    const { webUrl, webHtml } = permission.link ?? {};
    if (type === 'embed' && webHtml !== undefined) return context.print({ embed_html: webHtml });
    if (webUrl === undefined)
      throw new OneDriveError(
        'protocol',
        `The service created a link to ${object} but did not return its address.`,
      );
    await context.print({ link: webUrl });
  },
});

/** The type of link for `--type` and `--role`, which has priority. */
function linkType(type: string, role: string | undefined): CreateLinkRequest['type'] {
  if (role !== undefined) return role === 'write' ? 'edit' : 'view';
  return types[type] ?? 'view';
}

/** The request for a link. The password comes from a file, because every user of the machine can read command lines. */
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
    ...expiryOf(expires, context.clock.now()),
  };
}

/** Notes a shortened expiry: some organizations limit it, and the service then shortens it silently. */
async function noteShortenedExpiry(
  context: Context,
  requested: string | undefined,
  granted: string | undefined,
): Promise<void> {
  if (requested === undefined) return;
  if (granted !== undefined && Date.parse(granted) >= Date.parse(requested) - 1000) return;
  await context.note(
    granted === undefined
      ? 'The service created the link without an expiry.'
      : `The link expires earlier than requested: ${granted}`,
  );
}
