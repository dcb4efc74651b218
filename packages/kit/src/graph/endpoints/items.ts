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

/** Options for reading items. */
export interface ItemOptions extends SelectOptions {
  /** `$expand`: `children` or `thumbnails`. */
  readonly expand?: string | undefined;
}

/** Options for listing items. */
export interface ListOptions extends ItemOptions {
  /** Items per page (`$top`); the service's default is 200, and it may return fewer. */
  readonly top?: number | undefined;
  /** `name`, `size desc`, `lastModifiedDateTime` … */
  readonly orderBy?: string | undefined;
}

/** @internal The query of a list. */
export function listQuery(options: ListOptions) {
  return { $top: options.top, $select: options.select, $expand: options.expand, $orderby: options.orderBy };
}

/**
 * Returns one item. @see https://learn.microsoft.com/graph/api/driveitem-get
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
 * Includes shortcuts to shared folders, which lists and delta have omitted by default since March 2025.
 * Source: abraunegg/onedrive, onedrive.d; Microsoft does not document it.
 * @internal
 */
export const withShortcuts = { prefer: 'Include-Feature=AddToOneDrive' } as const;

/** Lists the items in a folder. @see https://learn.microsoft.com/graph/api/driveitem-list-children */
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

/** Options for a new folder. */
export interface CreateFolderOptions extends SelectOptions {
  readonly conflict: ConflictBehavior;
  /** Other properties, such as a description. The service ignores file times here: update them afterwards. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Creates a folder. Repeated after a lost response, except with `rename`, which would create a second one; if
 * a repeated attempt finds a folder with the name, that folder is returned.
 * @see https://learn.microsoft.com/graph/api/driveitem-post-children
 * @throws GraphError `conflict` if the name is taken and `conflict` is `fail`.
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

/** A shortcut to a folder of another drive. */
export interface ShortcutRequest {
  /** The name of the shortcut. */
  readonly name: string;
  readonly driveId: string;
  readonly itemId: string;
}

/**
 * Adds a shortcut to a shared folder. Only at the root of a user's drive, and only for folders that were
 * shared with the user by name, not by a link.
 * @see https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 * @throws GraphError `conflict`, `not-found`, `access-denied`; `invalid-request`, `not-supported` for other
 * targets.
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

/** Options for a change of an item. */
export interface UpdateOptions extends ChangeOptions {
  /** What to do if the new name or place is taken. */
  readonly conflict: ConflictBehavior;
}

/** Returns the address, after the change, of an item that is addressed by its path. */
function renamed(item: ItemRef, change: ItemChange): ItemRef {
  if (change.name === undefined || item.path.length === 0) return item;
  return { anchor: item.anchor, path: [...item.path.slice(0, -1), change.name] };
}

/**
 * Renames, moves, or sets description and times. The service sometimes returns 204 without a body: the item
 * is then read again, so address an item that moves by its id. After a lost response the change is sent
 * again; if that fails because the first attempt took effect, the changed item is returned.
 * @see https://learn.microsoft.com/graph/api/driveitem-update and
 * https://learn.microsoft.com/graph/api/driveitem-move
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

/** Compares two times in whole seconds, as the service keeps them. An undefined time is not compared. */
function isSameTime(wanted: string | undefined, standing: string | undefined): boolean {
  const seconds = (text: string | undefined) => Math.floor(Date.parse(text ?? '') / 1000);
  return wanted === undefined || seconds(wanted) === seconds(standing);
}

/** Returns whether the item has every property of the change. Pure. */
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
 * Moves an item, and everything in it, to the recycle bin. Repeated after a lost response; an item that a
 * repeated attempt does not find was deleted.
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
