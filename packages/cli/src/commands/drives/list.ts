/** `drives`: lists the drives that the account can access. */
import { itemsSharedWithMe } from 'onedrive-kit/drive';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { Drive, GraphClient } from 'onedrive-kit/graph';
import {
  listDrives,
  listFollowedSites,
  listGroupDrives,
  listMyGroups,
  listSiteDrives,
} from 'onedrive-kit/graph';
import { graphOnly } from '../../arguments/graph-only.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';
import { humanSize } from '../../output/size.ts';

interface DriveEntry {
  readonly from: string;
  readonly drive: Drive;
}

export const command = defineCommand({
  name: 'drives_list',
  group: 'browse',
  access: 'read',
  summary: 'List the drives that the account can access',
  description:
    'Lists your own drives; with --all also drives of your groups, of sites that you follow,\nand of people who shared something with you (only the shared objects are accessible).\nTo use one, pass --drive ID. A note reports lists that the account cannot read.',
  lists: 'rows',
  options: [
    {
      name: 'all',
      short: 'a',
      description: 'also list drives of groups, followed sites, and people who share',
    },
  ],
  examples: [
    { line: 'drives', note: 'list your own drives' },
    { line: 'drives --all --columns name,from,id', note: 'list all drives as a table' },
  ],
  async run(context, _, { all }) {
    const client = await graphOnly(context, 'list of drives');
    const entries: DriveEntry[] = [];
    for await (const entry of uniqueDrives(client, all, context)) entries.push(entry);
    await context.print(
      entries.map(({ from, drive }) =>
        wantsObjects(context.flags)
          ? { from, ...drive }
          : {
              name: drive.name ?? drive.driveType,
              from,
              id: drive.id,
              type: drive.driveType,
              used: drive.quota?.used === undefined ? undefined : humanSize(drive.quota.used),
            },
      ),
    );
  },
});

/** All drives, without repeating one that is in several lists. */
async function* uniqueDrives(
  client: GraphClient,
  all: boolean,
  context: Context,
): AsyncGenerator<DriveEntry> {
  const seen = new Set<string>();
  for await (const entry of allDrives(client, all, context)) {
    const id = entry.drive.id.toLowerCase();
    if (!seen.has(id)) yield entry;
    seen.add(id);
  }
}

async function* allDrives(client: GraphClient, all: boolean, context: Context): AsyncGenerator<DriveEntry> {
  const call = { signal: context.signal };
  for await (const drive of listDrives(client, call)) yield { from: 'me', drive };
  if (!all) return;
  yield* readable(context, 'groups', async function* () {
    for await (const { id, displayName = id } of listMyGroups(client, call))
      for await (const drive of listGroupDrives(client, id, call))
        yield { from: `group ${displayName}`, drive };
  });
  yield* readable(context, 'followed sites', async function* () {
    for await (const { id, displayName = id } of listFollowedSites(client, call))
      for await (const drive of listSiteDrives(client, id, call))
        yield { from: `site ${displayName}`, drive };
  });
  yield* readable(context, 'shared items', () => sharing(context));
}

/** The drives of shared items, as far as the list of shared items contains them. */
async function* sharing(context: Context): AsyncGenerator<DriveEntry> {
  const { context: drive } = await context.drive();
  const { items } = await itemsSharedWithMe(drive, { signal: context.signal });
  for (const { remoteItem } of items) {
    const { driveId: id, driveType } = remoteItem?.parentReference ?? {};
    if (id === undefined) continue;
    const by = (remoteItem?.shared?.sharedBy ?? remoteItem?.createdBy)?.user?.displayName;
    yield {
      from: by === undefined ? 'shared' : `shared by ${by}`,
      drive: { id, ...(driveType === undefined ? {} : { driveType }) },
    };
  }
}

/** A list; a note if the account cannot read it. Personal accounts have no groups and no sites. */
async function* readable(
  context: Context,
  what: string,
  list: () => AsyncGenerator<DriveEntry>,
): AsyncGenerator<DriveEntry> {
  try {
    yield* list();
  } catch (error) {
    if (!isOneDriveError(error) || context.signal.aborted) throw error;
    await context.note(`Skipped ${what}: ${error.message}`);
  }
}
