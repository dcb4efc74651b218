/** Items: read, list, create a folder, change, delete. */
import { discard } from '../../http/read.ts';
import { repeatable, repeatableDeletion } from '../../http/repeated.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { below, describeItem } from '../item-ref-forms.ts';
import { type Paged, pagedCall } from '../page.ts';
import { itemPath } from '../path.ts';
import {
  type CallOptions,
  type ChangeOptions,
  readObject,
  send,
  sendForNothing,
  sendForObject,
} from '../send.ts';
import type {
  CollectionPage,
  ConflictBehavior,
  CreateFolderRequest,
  DriveItem,
  ItemChange,
} from '../types/index.ts';
import type { SelectOptions } from './drives.ts';

/** How to read items. */
export interface ItemOptions extends SelectOptions {
  /** `$expand`: `children` or `thumbnails`. */
  readonly expand?: string | undefined;
}

/** How to list items. */
export interface ListOptions extends ItemOptions {
  /** Elements a page (`$top`); the service's default is 200, it may give fewer. */
  readonly top?: number | undefined;
  /** `name`, `size desc`, `lastModifiedDateTime` … */
  readonly orderBy?: string | undefined;
}

/** @internal The query of a list. */
export function listQuery(options: ListOptions) {
  return { $top: options.top, $select: options.select, $expand: options.expand, $orderby: options.orderBy };
}

/**
 * One item. @see https://learn.microsoft.com/graph/api/driveitem-get
 * @throws GraphError `not-found`
 */
export function getItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: ItemOptions = {},
): Promise<DriveItem> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: itemPath(drive, item),
    what: `find ${describeItem(item)}`,
    query: { $select: options.select, $expand: options.expand },
    options,
  });
}

/**
 * Asks for shortcuts to shared folders too, which lists and delta have left out since March 2025 unless asked. Seen
 * in abraunegg/onedrive, onedrive.d; no page of Microsoft tells it.
 * @internal
 */
export const withShortcuts = { prefer: 'Include-Feature=AddToOneDrive' } as const;

/** What is in a folder. @see https://learn.microsoft.com/graph/api/driveitem-list-children */
export function listChildren(
  client: GraphClient,
  drive: DriveRef,
  folder: ItemRef,
  options: ListOptions = {},
): Paged<DriveItem, CollectionPage<DriveItem>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: itemPath(drive, folder, 'children'),
    what: `list ${describeItem(folder)}`,
    query: listQuery(options),
    headers: withShortcuts,
    options,
  });
}

/** How to create a folder. */
export interface CreateFolderOptions extends SelectOptions {
  readonly conflict: ConflictBehavior;
  /** Other properties to set, such as a description. File times are ignored by the service here: update them afterwards. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Creates a folder. Repeated after a lost answer, except with `rename`, which would create a second one; a folder that
 * a repeated attempt finds under the name counts as created.
 * @see https://learn.microsoft.com/graph/api/driveitem-post-children
 * @throws GraphError `conflict` when the name is taken and `conflict` is `fail`.
 */
export function createFolder(
  client: GraphClient,
  drive: DriveRef,
  parent: ItemRef,
  name: string,
  options: CreateFolderOptions,
): Promise<DriveItem> {
  const json: CreateFolderRequest = {
    ...options.metadata,
    name,
    folder: {},
    '@microsoft.graph.conflictBehavior': options.conflict,
  };
  const { signal, conflict } = options;
  return repeatable<DriveItem>(
    (attempts) =>
      sendForObject(client, {
        method: 'POST',
        contract: contracts.createFolder,
        url: itemPath(drive, parent, 'children'),
        what: `create the folder ${JSON.stringify(name)} in ${describeItem(parent)}`,
        json,
        idempotent: conflict !== 'rename',
        attempts,
        options,
      }),
    {
      traces: conflict === 'fail' ? ['conflict'] : [],
      async result() {
        const item = await getItem(client, drive, below(parent, name), { signal });
        return item.folder === undefined || item.package !== undefined ? undefined : item;
      },
    },
  );
}

/** A folder of another drive, to be shown in one's own. */
export interface ShortcutRequest {
  /** The name of the shortcut. */
  readonly name: string;
  readonly driveId: string;
  readonly itemId: string;
}

/**
 * Adds a shortcut to a shared folder. At the root of a person's drive only, and only to what was shared with the person
 * by name, not by a link.
 * @see https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 * @throws GraphError `conflict`, `not-found`, `access-denied`; `invalid-request`, `not-supported` anywhere else.
 */
export function addShortcut(
  client: GraphClient,
  drive: DriveRef,
  parent: ItemRef,
  { name, driveId, itemId }: ShortcutRequest,
  options: CallOptions = {},
): Promise<DriveItem> {
  const json = {
    name,
    remoteItem: { id: itemId, parentReference: { driveId } },
    '@microsoft.graph.conflictBehavior': 'fail',
  };
  return repeatable<DriveItem>(
    (attempts) =>
      sendForObject(client, {
        method: 'POST',
        contract: contracts.addShortcut,
        url: itemPath(drive, parent, 'children'),
        what: `add the shortcut ${JSON.stringify(name)}`,
        json,
        idempotent: true,
        attempts,
        options,
      }),
    {
      traces: ['conflict'],
      async result() {
        const item = await getItem(client, drive, below(parent, name), { signal: options.signal });
        return item.remoteItem?.id === itemId ? item : undefined;
      },
    },
  );
}

/** How to change an item. */
export interface UpdateOptions extends ChangeOptions {
  /** What happens when a new name or a new place is taken. */
  readonly conflict: ConflictBehavior;
}

/** Where a change leaves an item that is addressed by its path. */
function renamed(item: ItemRef, change: ItemChange): ItemRef {
  if (change.name === undefined || item.path.length === 0) return item;
  return { anchor: item.anchor, path: [...item.path.slice(0, -1), change.name] };
}

/**
 * Renames, moves, or sets description and times. The service sometimes answers 204 with no body: the item is then
 * read again, so address an item that moves by its id. After a lost answer the change is sent again; where that fails
 * because the first attempt was carried out, the changed item is returned.
 * @see https://learn.microsoft.com/graph/api/driveitem-update and https://learn.microsoft.com/graph/api/driveitem-move
 * @throws GraphError `not-found`, `conflict`, `precondition`
 */
export function updateItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  change: ItemChange,
  options: UpdateOptions,
): Promise<DriveItem> {
  const changed = () => getItem(client, drive, renamed(item, change), { signal: options.signal });
  const what = `change ${describeItem(item)}`;
  return repeatable<DriveItem>(
    async (attempts) => {
      const response = await send(client, {
        method: 'PATCH',
        contract: contracts.updateItem,
        url: itemPath(drive, item),
        what,
        query: { '@microsoft.graph.conflictBehavior': options.conflict },
        headers: { 'if-match': options.ifMatch },
        json: change,
        attempts,
        options,
      });
      if (response.status !== 204) return await readObject<DriveItem>(response, what);
      await discard(response);
      return await changed();
    },
    {
      traces: ['not-found', 'conflict', 'precondition'],
      async result() {
        const standing = await changed();
        return hasChange(standing, change) ? standing : undefined;
      },
    },
  );
}

/** Two times as the service keeps them, in whole seconds. Undefined where nothing was to be set. */
function isSameTime(wanted: string | undefined, standing: string | undefined): boolean {
  const seconds = (text: string | undefined) => Math.floor(Date.parse(text ?? '') / 1000);
  return wanted === undefined || seconds(wanted) === seconds(standing);
}

/** Does the item have all that a change was to set? Pure. */
function hasChange(item: DriveItem, change: ItemChange): boolean {
  const { name, parentReference, description, fileSystemInfo: times } = change;
  return (
    (name === undefined || item.name === name) &&
    (parentReference?.id === undefined || item.parentReference?.id === parentReference.id) &&
    (description === undefined || (item.description ?? '') === description) &&
    isSameTime(times?.createdDateTime, item.fileSystemInfo?.createdDateTime) &&
    isSameTime(times?.lastModifiedDateTime, item.fileSystemInfo?.lastModifiedDateTime)
  );
}

/**
 * Moves an item, and all that is in it, to the recycle bin. Repeated after a lost answer; an item that a repeated
 * attempt does not find was deleted.
 * @see https://learn.microsoft.com/graph/api/driveitem-delete
 * @throws GraphError `not-found`, `precondition`, `locked`
 */
export function deleteItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: ChangeOptions = {},
): Promise<void> {
  return repeatableDeletion((attempts) =>
    sendForNothing(client, {
      method: 'DELETE',
      contract: contracts.deleteItem,
      url: itemPath(drive, item),
      what: `remove ${describeItem(item)}`,
      headers: { 'if-match': options.ifMatch },
      attempts,
      options,
    }),
  );
}
