/** `preview`: a page that shows a file in a browser. */
import { previewPage } from 'onedrive-kit/drive';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'preview',
  group: 'browse',
  access: 'read',
  summary: 'Print the address of a preview page of a file (business drives and libraries)',
  description: 'The address is valid for a short time, for anyone who has it. Personal drives have none.',
  arguments: [{ name: 'file', description: 'path, id or URL', names: 'item' }],
  options: [{ name: 'open', description: 'open it in the browser instead of printing it' }],
  examples: [
    { line: 'preview report.docx', note: 'print the address' },
    { line: 'preview --open report.docx', note: 'look at it' },
  ],
  async run(context, { file }, { open }) {
    const url = await previewPage((await context.drive()).context, file, context.call);
    if (open && (await context.openBrowser(url))) return;
    await context.print(wantsObjects(context.flags) ? { url } : url);
  },
});
