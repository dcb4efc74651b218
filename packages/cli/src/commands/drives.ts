/** `drives`: every drive that the account can reach. */
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
import { graphOnly } from '../arguments/graph-only.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

interface Found {
  readonly from: string;
  readonly drive: Drive;
}

export const command = defineCommand({
  name: 'drives',
  group: 'browse',
  access: 'read',
  summary: 'List the drives that the account can access',
  description:
    'Your own; with --all also drives of your groups, of sites that you follow, and of people\nwho shared something with you (only the shared objects are accessible). Use one with\n--drive ID. A note reports lists that the account is not allowed to read.',
  options: [{ name: 'all', short: 'a', description: 'also of groups, followed sites and people who shared' }],
  examples: [
    { line: 'drives', note: 'your own' },
    { line: 'drives --all --columns name,from,id', note: 'all, as a table' },
  ],
  async run(context, _, { all }) {
    const client = await graphOnly(context, 'list of drives');
    const found: Found[] = [];
    for await (const one of ways(client, all, context)) found.push(one);
    await context.print(
      found.map(({ from, drive }) =>
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

/** A drive that is in more than one list is given once. */
async function* ways(client: GraphClient, all: boolean, context: Context): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for await (const found of allWays(client, all, context)) {
    const id = found.drive.id.toLowerCase();
    if (!seen.has(id)) yield found;
    seen.add(id);
  }
}

async function* allWays(client: GraphClient, all: boolean, context: Context): AsyncGenerator<Found> {
  const call = { signal: context.signal };
  for await (const drive of listDrives(client, call)) yield { from: 'me', drive };
  if (!all) return;
  yield* allowed(context, 'groups', async function* () {
    for await (const { id, displayName = id } of listMyGroups(client, call))
      for await (const drive of listGroupDrives(client, id, call))
        yield { from: `group ${displayName}`, drive };
  });
  yield* allowed(context, 'followed sites', async function* () {
    for await (const { id, displayName = id } of listFollowedSites(client, call))
      for await (const drive of listSiteDrives(client, id, call))
        yield { from: `site ${displayName}`, drive };
  });
  yield* allowed(context, 'what is shared', () => sharing(context));
}

/** The drives that shared items are in, as far as the list of these tells of them. */
async function* sharing(context: Context): AsyncGenerator<Found> {
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

/** Personal accounts have neither; others may not be allowed to ask. */
async function* allowed(
  context: Context,
  what: string,
  list: () => AsyncGenerator<Found>,
): AsyncGenerator<Found> {
  try {
    yield* list();
  } catch (error) {
    if (!isOneDriveError(error) || context.signal.aborted) throw error;
    await context.note(`Left out ${what}: ${error.message}`);
  }
}
