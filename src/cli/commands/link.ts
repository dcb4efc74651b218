/** `link`: a URL by which others reach an object. */
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { defineCommand } from '../command.ts';
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
  summary: 'Make a link by which others can read or edit',
  description:
    'Asking twice for the same link gives the same one. view is another word for\nshared_read_link, edit for shared_edit_link; embed gives HTML for a web page, on\npersonal drives only. With --json: the whole permission.',
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
  ],
  examples: [
    { line: 'link Pics/image1.jpg', note: 'for reading' },
    { line: 'link -t edit Documents', note: 'for reading and writing' },
    { line: 'link -t embed Pics/image1.jpg', note: 'HTML for a web page' },
  ],
  async run(context, { object }, options) {
    const type = types[options.type] ?? 'view';
    const drive = await context.drive();
    const permission = await drive.link(object, { ...context.call, type });
    if (wantsObjects(context.flags)) return context.print(permission);
    const { webUrl, webHtml } = permission.link ?? {};
    if (type === 'embed' && webHtml !== undefined) return context.print({ embed_html: webHtml });
    if (webUrl === undefined)
      throw new OneDriveError('protocol', `The service made a link to ${object} but did not say which.`);
    await context.print({ link: webUrl });
  },
});
