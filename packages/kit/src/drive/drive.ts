/**
 * A drive as an object: the functions of this folder bound to one provider and one world, for people. It holds
 * nothing else; each method is the function of the same name.
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
import { stat } from './stat.ts';
import { download } from './transfer/download.ts';
import type { DownloadOptions } from './transfer/download-options.ts';
import { bytesSink, type FileSink } from './transfer/file-sink.ts';
import type { UploadInput } from './transfer/file-source.ts';
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
 * One drive. A target is a path (`/a/b` or `a/b`), an id, or an ItemRef; text that looks like an id is taken for one
 * unless the option `as` says otherwise. Everything throws OneDriveError with a code; nothing keeps state.
 */
export interface Drive {
  /** What the wire behind this drive can do. */
  readonly capabilities: ProviderCapabilities;
  /** The provider and the world: the first argument of the functions that are no methods. */
  readonly context: DriveContext;
  /** The ref of a target. No request is made. */
  resolve(target: Target, as?: TargetReading): ItemRef;
  /** The drive itself: its kind, its owner, its quota. */
  info(options?: DriveOptions): Promise<DriveInfo>;
  /** How full the drive is, in bytes. */
  quota(options?: DriveOptions): Promise<Quota>;
  /** Who is signed in. */
  user(options?: DriveOptions): Promise<User>;
  /** One item. See {@link stat}. */
  stat(target: Target, options?: DriveOptions): Promise<DriveItem>;
  /** What is in a folder: an async iterable of items, or of pages by `.pages()`. See {@link list}. */
  list(folder?: Target, options?: ListOptions): Listing;
  /** Everything below a folder, parents first. See {@link walk}. */
  walk(folder?: Target, options?: WalkOptions): AsyncIterable<WalkEntry>;
  /** Everything below a folder by whichever way costs less requests. See {@link subtree}. */
  subtree(folder?: Target, options?: SubtreeOptions): AsyncIterable<WalkEntry>;
  /** What below a folder meets some criteria. See {@link find}. */
  find(folder: Target, criteria: FindCriteria, options?: SubtreeOptions): AsyncIterable<WalkEntry>;
  /** Everything below a folder, nested. See {@link tree}. */
  tree(folder?: Target, options?: SubtreeOptions): Promise<TreeNode>;
  /** Items that match a text. See {@link search}. */
  search(text: string, options?: SearchOptions): Listing;
  /** Files used lately. See {@link recent}. */
  recent(options?: ListOptions): Listing;
  /** Makes a folder below another. See {@link makeFolder}. */
  makeFolder(folder: Target, name: string, options?: MakeFolderOptions): Promise<DriveItem>;
  /** Uploads a content into a folder. See {@link upload}. */
  upload(input: UploadInput, folder: Target, options?: UploadOptions): Promise<TransferResult>;
  /** Downloads a file into a sink. See {@link download}. */
  download(target: Target, sink: FileSink, options?: DownloadOptions): Promise<TransferResult>;
  /** Uploads as {@link Drive.upload} does, told as events. See {@link uploadEvents}. */
  uploadEvents(
    input: UploadInput,
    folder: Target,
    options?: Omit<UploadOptions, 'onProgress'>,
  ): AsyncIterable<TransferEvent>;
  /** Downloads as {@link Drive.download} does, told as events. See {@link downloadEvents}. */
  downloadEvents(
    target: Target,
    sink: FileSink,
    options?: Omit<DownloadOptions, 'onProgress'>,
  ): AsyncIterable<TransferEvent>;
  /** Whose transfers these are in the journal; undefined where there is none. */
  readonly journalScope: string | undefined;
  /** Puts a local folder into one of the drive, told file by file; written down in the journal, where there is one. */
  putTree(local: LocalTree, into: Target, options?: TreeOptions): AsyncIterable<TransferEvent>;
  /** Gets a folder of the drive into a local one, told file by file; written down in the journal, where there is one. */
  getTree(from: Target, local: LocalTree, options?: TreeOptions): AsyncIterable<TransferEvent>;
  /** Goes on with an upload or a download that was stopped. See {@link resumeTransfer}. */
  resumeTransfer(id: string, options?: ResumeOptions): Promise<TransferResult>;
  /** Goes on with a file or a tree that was stopped, told as events. See {@link resumeEvents}. */
  resumeEvents(id: string, options?: Pick<ResumeOptions, 'signal'>): AsyncIterable<TransferEvent>;
  /** Gives up an upload or a download that was stopped. See {@link dropTransfer}. */
  dropTransfer(id: string, options?: ResumeOptions): Promise<void>;
  /** The content of a file in memory: for small files. */
  read(target: Target, options?: DownloadOptions): Promise<Uint8Array>;
  /** Moves an item into a folder. See {@link move}. */
  move(target: Target, folder: Target, options?: MoveOptions): Promise<DriveItem>;
  /** Renames an item in its folder. See {@link rename}. */
  rename(target: Target, name: string, options?: ChangeOptions): Promise<DriveItem>;
  /** Copies an item into a folder and waits for it. See {@link copy}. */
  copy(target: Target, folder: Target, options?: CopyOptions): Promise<DriveItem>;
  /** Changes name, description or file times. See {@link update}. */
  update(target: Target, change: ItemChange, options?: ChangeOptions): Promise<DriveItem>;
  /** Moves an item to the recycle bin. See {@link remove}. */
  remove(target: Target, options?: RemoveOptions): Promise<void>;
  /** Makes a sharing link. See {@link link}. */
  link(target: Target, options?: LinkOptions): Promise<Permission>;
}

/** A drive behind Microsoft Graph. */
export function openDrive(client: GraphClient, ref: DriveRef, world: DriveWorld): Drive {
  return driveOn(graphProvider(client, ref), world);
}

/** A drive behind any provider. */
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
