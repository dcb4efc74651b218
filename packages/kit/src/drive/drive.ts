/**
 * A drive as an object: the functions of this folder bound to a provider and its environment. It contains
 * nothing else; each method calls the function of the same name.
 */
import type { GraphClient } from '../graph/client.ts';
import type { DriveRef, ItemRef } from '../graph/item-ref.ts';
import type { DriveItem, ItemChange, Permission, Quota, User } from '../graph/types/index.ts';
import { type DriveOptions, resolve, type Target, type TargetReading } from './address/target.ts';
import {
  type ChangeOptions,
  type LinkOptions,
  link,
  type RemoveOptions,
  remove,
  rename,
  update,
} from './changing/change.ts';
import { copy } from './changing/copy.ts';
import type { CopyOptions } from './changing/copy-options.ts';
import { type MakeFolderOptions, makeFolder } from './changing/make-folder.ts';
import { type MoveOptions, move } from './changing/move.ts';
import { type FindCriteria, find } from './finding/find.ts';
import { type Listing, type ListOptions, list } from './listing/list.ts';
import { info, quota, recent, type SearchOptions, search, user } from './listing/look-ups.ts';
import { type SubtreeOptions, subtree } from './listing/subtree.ts';
import { type TreeNode, tree } from './listing/tree.ts';
import { type WalkEntry, type WalkOptions, walk } from './listing/walk.ts';
import { graphProvider } from './provider/graph-provider.ts';
import type { DriveInfo, DriveProvider, ProviderCapabilities } from './provider/provider.ts';
import { exists, stat } from './stat.ts';
import type { UploadInput } from './transfer/accepted-input.ts';
import { download } from './transfer/download.ts';
import type { DownloadOptions } from './transfer/download-options.ts';
import { bytesSink, type FileSink } from './transfer/file-sink.ts';
import { type OpenedFile, open } from './transfer/open.ts';
import {
  dropTransfer,
  type ResumeOptions,
  resumeEvents,
  resumeTransfer,
} from './transfer/resume-transfer.ts';
import { downloadEvents, uploadEvents } from './transfer/transfer-events.ts';
import type { TransferEvent } from './transfer/tree/events.ts';
import { getTreeResumable, putTreeResumable } from './transfer/tree/resumable-tree.ts';
import type { LocalTree, TreeOptions } from './transfer/tree/tree-options.ts';
import { type TransferResult, type UploadOptions, upload } from './transfer/upload.ts';
import type { DriveContext, DriveWorld } from './world.ts';

/**
 * One drive. A target is a path (`/a/b` or `a/b`), an id, or an ItemRef; text with the format of an id is
 * treated as one unless the option `as` is set. All methods throw OneDriveError with a code and are
 * stateless.
 */
export interface Drive {
  /** The capabilities of the API behind this drive. */
  readonly capabilities: ProviderCapabilities;
  /** The provider and the environment: the first argument of the functions that are not methods. */
  readonly context: DriveContext;
  /** The ref of a target. No request is made. */
  resolve(target: Target, as?: TargetReading): ItemRef;
  /** The drive itself: its kind, its owner, its quota. */
  info(options?: DriveOptions): Promise<DriveInfo>;
  /** The quota of the drive, in bytes. */
  quota(options?: DriveOptions): Promise<Quota>;
  /** The signed-in user. */
  user(options?: DriveOptions): Promise<User>;
  /** One item. See {@link stat}. */
  stat(target: Target, options?: DriveOptions): Promise<DriveItem>;
  /** Returns whether the target exists. See {@link exists}. */
  exists(target: Target, options?: DriveOptions): Promise<boolean>;
  /** The items in a folder: an async iterable of items, or of pages with `.pages()`. See {@link list}. */
  list(folder?: Target, options?: ListOptions): Listing;
  /** Everything below a folder, parents first. See {@link walk}. */
  walk(folder?: Target, options?: WalkOptions): AsyncIterable<WalkEntry>;
  /** Everything below a folder, in the way that needs fewer requests. See {@link subtree}. */
  subtree(folder?: Target, options?: SubtreeOptions): AsyncIterable<WalkEntry>;
  /** The items below a folder that match criteria. See {@link find}. */
  find(folder: Target, criteria: FindCriteria, options?: SubtreeOptions): AsyncIterable<WalkEntry>;
  /** Everything below a folder, nested. See {@link tree}. */
  tree(folder?: Target, options?: SubtreeOptions): Promise<TreeNode>;
  /** Items that match a text. See {@link search}. */
  search(text: string, options?: SearchOptions): Listing;
  /** Recently used files. See {@link recent}. */
  recent(options?: ListOptions): Listing;
  /** Creates a folder below another. See {@link makeFolder}. */
  makeFolder(folder: Target, name: string, options?: MakeFolderOptions): Promise<DriveItem>;
  /** Uploads a file into a folder. See {@link upload}. */
  upload(input: UploadInput, folder: Target, options?: UploadOptions): Promise<TransferResult>;
  /** Downloads a file into a sink. See {@link download}. */
  download(target: Target, sink: FileSink, options?: DownloadOptions): Promise<TransferResult>;
  /** Like {@link Drive.upload}, as events. See {@link uploadEvents}. */
  uploadEvents(
    input: UploadInput,
    folder: Target,
    options?: Omit<UploadOptions, 'onProgress'>,
  ): AsyncIterable<TransferEvent>;
  /** Like {@link Drive.download}, as events. See {@link downloadEvents}. */
  downloadEvents(
    target: Target,
    sink: FileSink,
    options?: Omit<DownloadOptions, 'onProgress'>,
  ): AsyncIterable<TransferEvent>;
  /** The owner of the transfers in the journal; undefined without a journal. */
  readonly journalScope: string | undefined;
  /** Uploads a local folder, with events for each file; recorded in the journal, if there is one. */
  putTree(local: LocalTree, into: Target, options?: TreeOptions): AsyncIterable<TransferEvent>;
  /** Downloads a folder, with events for each file; recorded in the journal, if there is one. */
  getTree(from: Target, local: LocalTree, options?: TreeOptions): AsyncIterable<TransferEvent>;
  /** Resumes an interrupted upload or download. See {@link resumeTransfer}. */
  resumeTransfer(id: string, options?: ResumeOptions): Promise<TransferResult>;
  /** Resumes an interrupted file or tree transfer, as events. See {@link resumeEvents}. */
  resumeEvents(id: string, options?: Pick<ResumeOptions, 'signal'>): AsyncIterable<TransferEvent>;
  /** Discards an interrupted upload or download. See {@link dropTransfer}. */
  dropTransfer(id: string, options?: ResumeOptions): Promise<void>;
  /**
   * The item and its content as a web stream, or the bytes of `range`, to answer a web request for example. Cancelling the
   * stream stops the download. See {@link open}.
   */
  open(target: Target, options?: DownloadOptions): Promise<OpenedFile>;
  /** The content of a file in memory: for small files. */
  read(target: Target, options?: DownloadOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Moves an item into a folder. See {@link move}. */
  move(target: Target, folder: Target, options?: MoveOptions): Promise<DriveItem>;
  /** Renames an item in its folder. See {@link rename}. */
  rename(target: Target, name: string, options?: ChangeOptions): Promise<DriveItem>;
  /** Copies an item into a folder and waits until it is complete. See {@link copy}. */
  copy(target: Target, folder: Target, options?: CopyOptions): Promise<DriveItem>;
  /** Changes name, description or file times. See {@link update}. */
  update(target: Target, change: ItemChange, options?: ChangeOptions): Promise<DriveItem>;
  /** Moves an item to the recycle bin. See {@link remove}. */
  remove(target: Target, options?: RemoveOptions): Promise<void>;
  /** Creates a sharing link. See {@link link}. */
  link(target: Target, options?: LinkOptions): Promise<Permission>;
}

/** Creates a drive on Microsoft Graph. */
export function openDrive(client: GraphClient, ref: DriveRef, world: DriveWorld): Drive {
  return driveOn(graphProvider(client, ref), world);
}

/** Creates a drive on any provider. */
export function driveOn(provider: DriveProvider, world: DriveWorld): Drive {
  const context: DriveContext = { provider, world };
  return {
    capabilities: provider.capabilities,
    context,
    resolve,
    info: (options) => info(context, options),
    quota: (options) => quota(context, options),
    user: (options) => user(context, options),
    stat: (target, options) => stat(context, target, options),
    exists: (target, options) => exists(context, target, options),
    list: (folder = '', options) => list(context, folder, options),
    walk: (folder = '', options) => walk(context, folder, options),
    subtree: (folder = '', options) => subtree(context, folder, options),
    find: (folder, criteria, options) => find(context, folder, criteria, options),
    tree: (folder = '', options) => tree(context, folder, options),
    search: (text, options) => search(context, text, options),
    recent: (options) => recent(context, options),
    makeFolder: (folder, name, options) => makeFolder(context, folder, name, options),
    upload: (input, folder, options) => upload(context, input, folder, options),
    download: (target, sink, options) => download(context, target, sink, options),
    uploadEvents: (input, folder, options) => uploadEvents(context, input, folder, options),
    downloadEvents: (target, sink, options) => downloadEvents(context, target, sink, options),
    journalScope: world.journal?.scope,
    putTree: (local, into, options) => putTreeResumable(context, local, into, options),
    getTree: (from, local, options) => getTreeResumable(context, from, local, options),
    resumeTransfer: (id, options) => resumeTransfer(context, id, options),
    resumeEvents: (id, options) => resumeEvents(context, id, options),
    dropTransfer: (id, options) => dropTransfer(context, id, options),
    open: (target, options) => open(context, target, options),
    read: async (target, options) => {
      const sink = bytesSink();
      await download(context, target, sink, options);
      return sink.bytes();
    },
    move: (target, folder, options) => move(context, target, folder, options),
    rename: (target, name, options) => rename(context, target, name, options),
    copy: (target, folder, options) => copy(context, target, folder, options),
    update: (target, change, options) => update(context, target, change, options),
    remove: (target, options) => remove(context, target, options),
    link: (target, options) => link(context, target, options),
  };
}
