/** `preview`: prints the address of a preview page of a file. */
import { previewPage } from 'onedrive-kit/drive';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'preview',
  group: 'browse',
  access: 'read',
  summary: 'Print the address of a preview page of a file (not on personal drives)',
  description: 'Anyone who has the address can open it, for a short time.',
  arguments: [{ name: 'file', description: 'path, id or URL', names: 'item' }],
  options: [{ name: 'open', description: 'open the page in the browser instead of printing its address' }],
  examples: [
    { line: 'preview report.docx', note: 'print the address' },
    { line: 'preview --open report.docx', note: 'open the preview' },
  ],
  async run(context, { file }, { open }) {
    const url = await previewPage((await context.drive()).context, file, context.call);
    if (open && (await context.openBrowser(url))) return;
    await context.print(wantsObjects(context.flags) ? { url } : url);
  },
});
