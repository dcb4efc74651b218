/** `shared list`: lists objects shared with the account; with `--audit`, who can access the account's own objects. */
import { formatPath, itemsSharedWithMe, sharingAudit } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import type { LiveClient } from 'onedrive-kit/live';
import { unplacedItems } from '../../actions/unplaced-items.ts';
import { writeLocalText } from '../../arguments/local-file.ts';
import { startPath } from '../../arguments/start-path.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { exitCodes } from '../../definition/exit-codes.ts';
import { type AuditLine, auditPage } from '../../output/audit-page.ts';
import { wantsObjects } from '../../output/printer.ts';
import { reportFacts } from '../../output/report-facts.ts';

export const command = defineCommand({
  name: 'shared_list',
  group: 'browse',
  access: 'read',
  summary: 'List objects shared with you, or audit who can access yours',
  description:
    'Microsoft has deprecated this list: since November 2025 it is incomplete. If it fails\nor is empty, shows search results from other drives instead, with a note. --audit lists\nthe permissions of every shared object below a folder.',
  lists: 'rows',
  arguments: [
    {
      name: 'folder',
      description: 'folder to audit, as path or id (default: the whole drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'audit', description: 'list who can access each object below the folder' },
    { name: 'html', value: 'FILE', description: 'write the audit as an HTML page' },
  ],
  examples: [
    { line: 'shared list', note: 'list objects shared with you' },
    { line: 'shared list --audit --table Documents', note: 'list who can access your objects' },
    { line: 'shared list --audit --csv > audit.csv', note: 'write the audit for a spreadsheet' },
  ],
  async run(context, { folder = '' }, { audit, html }) {
    if (audit || html !== undefined) return runAudit(context, folder, html);
    const live = await context.live();
    if (live !== undefined) {
      await printLive(context, live);
      return exitCodes.ok;
    }
    const items = await sharedItems(context);
    await context.print(
      wantsObjects(context.flags)
        ? items
        : items.map(({ name, remoteItem, webUrl }) => ({
            name,
            by: (remoteItem?.shared?.sharedBy ?? remoteItem?.createdBy)?.user?.displayName,
            url: remoteItem?.webUrl ?? webUrl,
          })),
    );
    return exitCodes.ok;
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

async function sharedItems(context: Context): Promise<readonly DriveItem[]> {
  const { context: drive } = await context.drive();
  const { items, cause } = await itemsSharedWithMe(drive, { signal: context.signal });
  if (cause !== undefined)
    await context.note(
      `The list of shared items is not available, so these are search results. (${cause.message})`,
    );
  return items;
}

async function runAudit(context: Context, folder: string, html: string | undefined): Promise<number> {
  const drive = await context.drive();
  const start = await startPath(drive, folder, context);
  const lines: AuditLine[] = [];
  const unplaced = unplacedItems(context);
  const options = { ...context.call, onUnplaced: unplaced.onUnplaced };
  for await (const { path, who, roles, expires, inherited, permission } of sharingAudit(
    drive.context,
    folder,
    options,
  ))
    lines.push({
      path: formatPath([...start, ...path]),
      who,
      roles,
      expires,
      inherited,
      id: permission.id,
      linkScope: permission.link?.scope,
    });
  if (html === undefined) {
    await context.print(
      lines.map(({ path, who, roles, expires, inherited, id }) => ({
        path,
        who,
        roles,
        expires,
        inherited,
        id,
      })),
    );
    return unplaced.report();
  }
  const file = context.localPath(html);
  await writeLocalText(context, file, auditPage(formatPath(start), lines, await reportFacts(context)));
  await context.note(`Wrote ${file}.`);
  return unplaced.report();
}
