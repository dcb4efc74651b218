/**
 * The seam between drive functions and the APIs: the operations that both Microsoft Graph and the older Live
 * v5.0 API support, and the capabilities of each. Everything in drive/ except the providers is written
 * against this; test/contract/provider.ts tests every provider.
 */
import type { OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../../graph/client.ts';
import type { StandingCopy, StandingCopyOptions } from '../../graph/endpoints/standing-copy.ts';
import type { DriveRef, ItemRef } from '../../graph/item-ref.ts';
import type { Paged } from '../../graph/page.ts';
import type {
  ConflictBehavior,
  CreateLinkRequest,
  DriveItem,
  FileSystemInfo,
  ItemChange,
  Permission,
  User,
  Drive as WireDrive,
} from '../../graph/types/index.ts';
import type { Attempts } from '../../http/attempts.ts';
import type { HttpBody } from '../../http/transport.ts';

/** A drive as the service returns it, including its quota. */
export type DriveInfo = WireDrive;

/** The capabilities of an API. All sizes in bytes. */
export interface ProviderCapabilities {
  /** For messages: `Microsoft Graph`. */
  readonly name: string;
  /** Maximum size of one PUT; larger files use an upload session. */
  readonly putLimit: number;
  /** Fragments of an upload session: a multiple of this (except for the last one) … */
  readonly fragmentUnit: number;
  /** … and at most this. */
  readonly fragmentLimit: number;
  /** Whether a folder can be copied with everything in it. */
  readonly copiesFolders: boolean;
  /** Whether the times of the local file can be stored. */
  readonly keepsTimes: boolean;
  /** Whether the service changed the bytes of this file when it was uploaded. Default: never. */
  readonly rewrites?: ((item: DriveItem) => boolean) | undefined;
}

/** Options of every call of a provider. */
export interface ProviderCall {
  readonly signal?: AbortSignal | undefined;
}

/** The properties of an item that can be changed. */
export interface ProviderChange extends ProviderCall {
  readonly conflict: ConflictBehavior;
  readonly ifMatch?: string | undefined;
}

/** Options of a listing. */
export interface ProviderList extends ProviderCall {
  readonly orderBy?: string | undefined;
  /** Maximum number of items needed; the provider may return more. */
  readonly limit?: number | undefined;
  /** Required properties, as names of `$select`. Default: all. The provider may return more. */
  readonly select?: string | undefined;
}

/** The result of starting a copy: complete, or an opaque ticket for polling, which is a secret. */
export type CopyStart =
  | { readonly kind: 'done'; readonly item: DriveItem }
  | { readonly kind: 'running'; readonly ticket: string };

/** The progress of a copy, or its outcome. */
export type CopyStatus =
  | { readonly kind: 'running'; readonly percent: number | undefined }
  | { readonly kind: 'done'; readonly id: string | undefined }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string | undefined };

/** The target of a copy. */
export interface CopyTarget {
  /** The folder to copy into. */
  readonly folder: DriveItem;
  readonly name?: string | undefined;
}

/** The content of a file while it is downloaded. */
export interface ContentStream {
  /** Position in the file of the first byte of `body`; 0 if the server ignored the range. */
  readonly start: number;
  /** Size of the whole file, if the response states it. */
  readonly total: number | undefined;
  /** Identifies the state of the content, for {@link ContentRange.ifMatch}. */
  readonly version: string | undefined;
  /** Each chunk is valid until the next one is requested. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes [start, end)of the content. */
export interface ContentRange extends ProviderCall {
  readonly start: number;
  readonly end?: number | undefined;
  readonly ifMatch?: string | undefined;
}

/** The target of an upload, and what to do if the name is taken. */
export interface UploadTarget extends ProviderChange {
  /** An address by path, `folder:/name`, or the id of the file to replace. */
  readonly at: ItemRef;
  /** Bytes. */
  readonly size: number;
  readonly times: FileSystemInfo | undefined;
}

/** An upload session, as a serializable value. The id is a secret. */
export interface ProviderSession {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
}

/** Bytes [start, end) of `total`. */
export interface FragmentRange {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** The missing byte ranges, as `26-` or `26-99` (inclusive); or the finished item. */
export type SessionAnswer =
  | { readonly kind: 'expects'; readonly ranges: readonly string[] | undefined }
  | { readonly kind: 'item'; readonly item: DriveItem };

/**
 * The address of a drive in Microsoft Graph: for features that only Graph has (delta, versions, permissions,
 * sites …).
 */
export interface GraphPlace {
  readonly client: GraphClient;
  readonly ref: DriveRef;
}

/** One drive behind one API. All methods throw OneDriveError like the functions of the API. */
export interface DriveProvider {
  readonly capabilities: ProviderCapabilities;
  /** Absent for other APIs. */
  readonly graph?: GraphPlace;
  /** The signed-in user. */
  user(call: ProviderCall): Promise<User>;
  /** The drive itself, with its quota. */
  drive(call: ProviderCall): Promise<DriveInfo>;
  /** Returns one item. */
  item(ref: ItemRef, call: ProviderCall): Promise<DriveItem>;
  /** Lists a folder, page by page. */
  children(folder: ItemRef, call: ProviderList): Paged<DriveItem>;
  /** Finds items by text. */
  search(within: ItemRef, text: string, call: ProviderList): Paged<DriveItem>;
  /** Lists recently used items. */
  recent(call: ProviderList): Paged<DriveItem>;
  /** Creates one folder. */
  createFolder(
    parent: ItemRef,
    name: string,
    call: ProviderChange & { readonly metadata?: Readonly<Record<string, unknown>> | undefined },
  ): Promise<DriveItem>;
  /** Changes name, place, description or times of an item. */
  update(ref: ItemRef, change: ItemChange, call: ProviderChange): Promise<DriveItem>;
  /**
   * Changes many items in few requests, if the API supports it. Returns for each change, in order, the item
   * or the error.
   */
  readonly updateMany?: (
    changes: readonly { readonly item: ItemRef; readonly change: ItemChange }[],
    call: ProviderCall,
  ) => Promise<(DriveItem | OneDriveError)[]>;
  /**
   * Creates or replaces many small files in few requests, if the API supports it. Returns for each, in order,
   * the item or the error.
   */
  readonly putMany?: (
    contents: readonly {
      readonly at: ItemRef;
      readonly bytes: Uint8Array;
      /** What to do if the name is taken. Default: `replace`. */
      readonly conflict?: 'fail' | 'replace' | undefined;
    }[],
    call: ProviderCall,
  ) => Promise<(DriveItem | OneDriveError)[]>;
  /** Moves an item to the recycle bin. */
  remove(ref: ItemRef, call: ProviderCall & { readonly ifMatch?: string | undefined }): Promise<void>;
  /** Creates a sharing link, or returns the existing one. */
  link(ref: ItemRef, request: CreateLinkRequest, call: ProviderCall): Promise<Permission>;
  /** Starts a copy; its monitor reports when it is complete. */
  startCopy(
    ref: ItemRef,
    target: CopyTarget,
    call: ProviderChange & { readonly attempts?: Attempts | undefined },
  ): Promise<CopyStart>;
  /**
   * Whether the item at the target is the copy of an attempt whose response was lost. Absent if that cannot
   * be determined.
   */
  readonly standingCopy?: (at: ItemRef, options: StandingCopyOptions) => Promise<StandingCopy>;
  /** Returns the progress of a copy. */
  copyStatus(ticket: string, call: ProviderCall): Promise<CopyStatus>;
  /** Returns a URL for the content of an item that was just read: a secret, valid for minutes. */
  contentPlace(item: DriveItem, call: ProviderCall): Promise<string>;
  /** Returns the bytes of a file, or of a range of it. */
  readContent(place: string, range: ContentRange): Promise<ContentStream>;
  /** Uploads a small file in one request. */
  put(target: UploadTarget, body: HttpBody): Promise<DriveItem>;
  /** Starts an upload session. */
  openSession(target: UploadTarget): Promise<ProviderSession>;
  /** Sends one fragment of an upload session. */
  sendFragment(
    session: ProviderSession,
    range: FragmentRange,
    body: HttpBody,
    call: ProviderCall,
  ): Promise<SessionAnswer>;
  /** Returns what an upload session still expects. */
  askSession(session: ProviderSession, call: ProviderCall): Promise<SessionAnswer>;
  /** Cancels an upload session and discards its content. */
  cancelSession(session: ProviderSession, call: ProviderCall): Promise<void>;
}
