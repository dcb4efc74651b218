/** `shared ls`: what others shared with me; with `--audit`, who can see what of mine. */
import { formatPath, itemsSharedWithMe, sharingAudit } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import type { LiveClient } from 'onedrive-kit/live';
import { writeLocalText } from '../arguments/local-file.ts';
import { startPath } from '../arguments/start-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { tablePage } from '../output/html-table.ts';
import { wantsObjects } from '../output/printer.ts';
import { rowsOf } from '../output/rows.ts';

export const command = defineCommand({
  name: 'shared_ls',
  group: 'browse',
  access: 'read',
  summary: 'List objects shared with you, or audit who can see yours',
  description:
    'Microsoft has deprecated the list of objects shared with you; since November 2025 it\nis incomplete. If it fails or is empty, results of search in other drives are shown\ninstead, with a note. --audit lists the permissions of every shared object below a\nfolder.',
  arguments: [
    {
      name: 'folder',
      description: 'of an audit: path or id (default: the whole drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'audit', description: 'list who can see what below the folder' },
    { name: 'html', value: 'FILE', description: 'write the audit as a page' },
  ],
  examples: [
    { line: 'shared ls', note: 'shared with you' },
    { line: 'shared ls --audit --table Documents', note: 'who can see what' },
    { line: 'shared ls --audit --csv > audit.csv', note: 'for a spreadsheet' },
  ],
  async run(context, { folder = '' }, { audit, html }) {
    if (audit || html !== undefined) return runAudit(context, folder, html);
    const live = await context.live();
    if (live !== undefined) return printLive(context, live);
    const items = await withMe(context);
    await context.print(
      wantsObjects(context.flags)
        ? items
        : items.map(({ name, remoteItem, webUrl }) => ({
            name,
            by: (remoteItem?.shared?.sharedBy ?? remoteItem?.createdBy)?.user?.displayName,
            url: remoteItem?.webUrl ?? webUrl,
          })),
    );
  },
});

async function printLive(context: Context, live: LiveClient): Promise<void> {
  const { listShared } = await import('onedrive-kit/internal/live/endpoints/folders');
  const { data } = await listShared(live, { signal: context.signal });
  await context.print(
    wantsObjects(context.flags)
      ? data
      : data.map(({ name, from, link }) => ({ name, by: from.name, url: link })),
  );
}

async function withMe(context: Context): Promise<readonly DriveItem[]> {
  const { context: drive } = await context.drive();
  const { items, cause } = await itemsSharedWithMe(drive, { signal: context.signal });
  if (cause !== undefined)
    await context.note(
      `The list of what is shared is not available (${cause.message}) This is what search finds:`,
    );
  return items;
}

async function runAudit(context: Context, folder: string, html: string | undefined): Promise<void> {
  const drive = await context.drive();
  const start = await startPath(drive, folder, context);
  const lines: object[] = [];
  for await (const { path, who, roles, expires, inherited, permission } of sharingAudit(
    drive.context,
    folder,
    context.call,
  ))
    lines.push({ path: formatPath([...start, ...path]), who, roles, expires, inherited, id: permission.id });
  if (html === undefined) return context.print(lines);
  const rows = rowsOf(lines, ['path', 'who', 'roles', 'expires', 'inherited']);
  const file = context.localPath(html);
  await writeLocalText(context, file, tablePage(`Who can see what below ${formatPath(start)}`, rows));
  await context.note(`Wrote ${file}.`);
}
