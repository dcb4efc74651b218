/**
 * Microsoft Graph as a {@link DriveProvider}: each operation is one call into graph/, plus the conversion of
 * the results.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../../graph/client.ts';
import { standingCopy } from '../../graph/endpoints/standing-copy.ts';
import * as graph from '../../graph/index.ts';
import type { DriveRef, ItemRef } from '../../graph/item-ref.ts';
import { type Paged, pagedOf } from '../../graph/page.ts';
import type { CollectionPage, CopyMonitor, DriveItem, UploadSession } from '../../graph/types/index.ts';
import type { Attempts } from '../../http/attempts.ts';
import { serviceText } from '../../http/service-text.ts';
import { graphContentPlace, readGraphContent } from './graph-content.ts';
import { withHome } from './item-home.ts';
import type {
  CopyStatus,
  CopyTarget,
  DriveProvider,
  ProviderCapabilities,
  ProviderChange,
  ProviderSession,
  SessionAnswer,
  UploadTarget,
} from './provider.ts';

/**
 * 4 MiB in one PUT, as the first documentation of the API allowed; fragments in multiples of 320 KiB, below
 * 60 MiB. Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 */
const capabilities: ProviderCapabilities = {
  name: 'Microsoft Graph',
  putLimit: 4 << 20,
  fragmentUnit: 320 << 10,
  fragmentLimit: 60 << 20,
  copiesFolders: true,
  keepsTimes: true,
};

/** Maximum items per page; the service may return fewer. */
const largestPage = 1000;

/** A drive of Microsoft Graph. */
export function graphProvider(client: GraphClient, drive: DriveRef): DriveProvider {
  return {
    capabilities,
    graph: { client, ref: drive },
    user: (call) => graph.getMe(client, call),
    drive: (call) => graph.getDrive(client, drive, call),
    item: async (ref, call) => withHome(named(await graph.getItem(client, drive, ref, call), ref), ref),
    children: (folder, { limit = largestPage, ...call }) =>
      valuesOf(
        graph.listChildren(client, drive, folder, { ...call, top: Math.min(limit, largestPage) }),
        folder,
      ),
    search: (within, text, { limit, ...call }) =>
      valuesOf(graph.search(client, drive, within, text, { ...call, top: limit }), within),
    recent: ({ limit, ...call }) =>
      valuesOf(graph.recent(client, drive, { ...call, top: limit }), graph.rootItem),
    createFolder: async (parent, name, call) =>
      withHome(named(await graph.createFolder(client, drive, parent, name, call)), parent),
    update: async (ref, change, call) =>
      withHome(await graph.updateItem(client, drive, ref, change, call), ref),
    updateMany: (changes, call) => graph.updateItems(client, drive, changes, call),
    putMany: async (contents, call) => {
      const answers = await graph.putContents(client, drive, contents, call);
      return answers.map((answer, i) => {
        const at = contents[i]?.at;
        return at === undefined || isOneDriveError(answer) ? answer : withHome(answer, at);
      });
    },
    remove: (ref, call) => graph.deleteItem(client, drive, ref, call),
    link: (ref, request, call) => graph.createLink(client, drive, ref, request, call),
    startCopy: (ref, target, call) => startCopy(client, drive, ref, target, call),
    standingCopy: (at, options) => standingCopy(client, drive, at, options),
    copyStatus: async (ticket, call) => copyStatusOf(await graph.getMonitor(client, ticket, call)),
    contentPlace: (item, call) => graphContentPlace(client, drive, item, call),
    readContent: (place, range) => readGraphContent(client, place, range),
    put: async ({ at, ...target }, body) =>
      withHome(await graph.putContent(client, drive, at, body, target), at),
    openSession: (target) => openSession(client, drive, target),
    sendFragment: async (session, range, body, call) => {
      const answer = await graph.putFragment(client, session.id, range, body, call);
      return answer.kind === 'item' ? answer : expects(answer.session);
    },
    askSession: async (session, call) => expects(await graph.getUploadSession(client, session.id, call)),
    cancelSession: (session, call) => graph.cancelUploadSession(client, session.id, call),
  };
}

/**
 * Converts a list of wire pages to a list of arrays, for the drive of `within`. Throws like {@link named}.
 */
function valuesOf(list: Paged<DriveItem, CollectionPage<DriveItem>>, within: ItemRef): Paged<DriveItem> {
  async function* arrays() {
    for await (const { value } of list.pages()) {
      yield value.map((item) => withHome(named(item), within));
    }
  }
  return pagedOf(arrays, (page) => page);
}

/**
 * An item with an id and a name. The service omits the name of a few items of its own: one that was read by its path
 * then has the last name of that path, a root is named `root`, and any other item, also in a list, is named by its id.
 * @throws OneDriveError `protocol` without an id.
 */
function named(item: Partial<DriveItem> | null, read?: ItemRef): DriveItem {
  const { id, name, root } = item ?? {};
  if (typeof id === 'string' && typeof name === 'string') return item as DriveItem;
  if (typeof id === 'string')
    return { ...item, id, name: read?.path.at(-1) ?? (root === undefined ? id : 'root') };
  throw new OneDriveError('protocol', 'The service returned an item without an id.', {
    hint: 'Try again. If it happens again, log the requests and report the response.',
  });
}

function expects(session: UploadSession): SessionAnswer {
  return { kind: 'expects', ranges: session.nextExpectedRanges };
}

async function openSession(
  client: GraphClient,
  drive: DriveRef,
  target: UploadTarget,
): Promise<ProviderSession> {
  const { at, size, times, conflict, ...call } = target;
  const item = {
    '@microsoft.graph.conflictBehavior': conflict,
    fileSize: size,
    ...(times === undefined ? {} : { fileSystemInfo: times }),
  };
  const session = await graph.createUploadSession(client, drive, at, { item }, call);
  const expiresAt = Date.parse(session.expirationDateTime ?? '');
  return Number.isNaN(expiresAt) ? { id: session.uploadUrl } : { id: session.uploadUrl, expiresAt };
}

async function startCopy(
  client: GraphClient,
  drive: DriveRef,
  ref: ItemRef,
  target: CopyTarget,
  call: ProviderChange & { readonly attempts?: Attempts | undefined },
) {
  const { id, parentReference: parent } = target.folder;
  const parentReference = parent?.driveId === undefined ? { id } : { driveId: parent.driveId, id };
  const request = target.name === undefined ? { parentReference } : { parentReference, name: target.name };
  const ticket = await graph.copyItem(client, drive, ref, request, call);
  return { kind: 'running', ticket } as const;
}

/** Statuses: https://learn.microsoft.com/onedrive/developer/rest-api/resources/asyncjobstatus */
function copyStatusOf(monitor: CopyMonitor): CopyStatus {
  switch (monitor.status?.toLowerCase()) {
    case 'completed':
      return { kind: 'done', id: monitor.resourceId };
    case 'failed':
    case 'cancelled':
    case 'deletefailed':
      return {
        kind: 'failed',
        code: shown(monitor.error?.code ?? monitor.errorCode ?? monitor.status) ?? 'failed',
        message: shown(monitor.error?.message ?? monitor.statusDescription),
      };
    default:
      return { kind: 'running', percent: monitor.percentageComplete };
  }
}

/** Text of the service for a message; undefined for a value that is not text. */
function shown(text: unknown): string | undefined {
  return typeof text === 'string' && text.trim() !== '' ? serviceText(text) : undefined;
}
