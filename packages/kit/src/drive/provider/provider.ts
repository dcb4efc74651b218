/**
 * The seam between what people want of a drive and the wire that gets it done: the operations that both Microsoft
 * Graph and the older Live v5.0 API can do, and what a wire declares about itself. Everything in drive/ but the
 * providers is written against this; test/contract/provider.ts says what every provider must do.
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

/** A drive as the service describes it, quota included. */
export type DriveInfo = WireDrive;

/** What a wire can do. All sizes in bytes. */
export interface ProviderCapabilities {
  /** For messages: `Microsoft Graph`. */
  readonly name: string;
  /** The most that goes in one PUT; more goes through an upload session. */
  readonly putLimit: number;
  /** Fragments of an upload session: a multiple of this (the last one excepted) … */
  readonly fragmentUnit: number;
  /** … and at most this. */
  readonly fragmentLimit: number;
  /** Can a folder be copied with all that is in it? */
  readonly copiesFolders: boolean;
  /** Can the times of the local file be kept? */
  readonly keepsTimes: boolean;
  /** Did the service change the bytes of this file when it took it? Never, unless told. */
  readonly rewrites?: ((item: DriveItem) => boolean) | undefined;
}

/** What every call of a provider may be told. */
export interface ProviderCall {
  readonly signal?: AbortSignal | undefined;
}

/** What can be changed of an item. */
export interface ProviderChange extends ProviderCall {
  readonly conflict: ConflictBehavior;
  readonly ifMatch?: string | undefined;
}

/** What a listing may be told. */
export interface ProviderList extends ProviderCall {
  readonly orderBy?: string | undefined;
  /** Elements wanted at most; the provider may give more. */
  readonly limit?: number | undefined;
  /** Properties that are needed, as `$select` names them; all unless told. The provider may give more. */
  readonly select?: string | undefined;
}

/** How a copy goes: done at once, or to be asked for by an opaque ticket, which is a secret. */
export type CopyStart =
  | { readonly kind: 'done'; readonly item: DriveItem }
  | { readonly kind: 'running'; readonly ticket: string };

/** How far a copy is, or how it ended. */
export type CopyStatus =
  | { readonly kind: 'running'; readonly percent: number | undefined }
  | { readonly kind: 'done'; readonly id: string | undefined }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string | undefined };

/** Where a copy goes. */
export interface CopyTarget {
  /** The folder to copy into. */
  readonly folder: DriveItem;
  readonly name?: string | undefined;
}

/** Bytes of a file as they come. */
export interface ContentStream {
  /** Position in the file of the first byte of `body`; 0 where the server ignored the range. */
  readonly start: number;
  /** Size of the whole file, where the answer tells. */
  readonly total: number | undefined;
  /** Names the state of the content, for {@link ContentRange.ifMatch}. */
  readonly version: string | undefined;
  /** Each chunk is valid until the next one is asked for. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes [start, end) of a content. */
export interface ContentRange extends ProviderCall {
  readonly start: number;
  readonly end?: number | undefined;
  readonly ifMatch?: string | undefined;
}

/** Where an upload goes, and what happens when the name is taken. */
export interface UploadTarget extends ProviderChange {
  /** A path address, `folder:/name`, or the id of the file to replace. */
  readonly at: ItemRef;
  /** Bytes. */
  readonly size: number;
  readonly times: FileSystemInfo | undefined;
}

/** An upload session, as a serialisable value. The id is a secret. */
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

/** What the service still wants, as `26-` or `26-99` (inclusive); or the finished item. */
export type SessionAnswer =
  | { readonly kind: 'expects'; readonly ranges: readonly string[] | undefined }
  | { readonly kind: 'item'; readonly item: DriveItem };

/** Where a drive is in Microsoft Graph: for what only that wire has (delta, versions, permissions, sites …). */
export interface GraphPlace {
  readonly client: GraphClient;
  readonly ref: DriveRef;
}

/** One drive behind one wire. Everything throws OneDriveError as the wire's own functions do. */
export interface DriveProvider {
  readonly capabilities: ProviderCapabilities;
  /** Absent over other wires. */
  readonly graph?: GraphPlace;
  /** Who is signed in. */
  user(call: ProviderCall): Promise<User>;
  /** The drive itself, with its quota. */
  drive(call: ProviderCall): Promise<DriveInfo>;
  /** One item. */
  item(ref: ItemRef, call: ProviderCall): Promise<DriveItem>;
  /** A folder, page by page. */
  children(folder: ItemRef, call: ProviderList): Paged<DriveItem>;
  /** Items that match a text. */
  search(within: ItemRef, text: string, call: ProviderList): Paged<DriveItem>;
  /** Recently used items. */
  recent(call: ProviderList): Paged<DriveItem>;
  /** Makes one folder. */
  createFolder(
    parent: ItemRef,
    name: string,
    call: ProviderChange & { readonly metadata?: Readonly<Record<string, unknown>> | undefined },
  ): Promise<DriveItem>;
  /** Changes name, place, description or times of an item. */
  update(ref: ItemRef, change: ItemChange, call: ProviderChange): Promise<DriveItem>;
  /**
   * Changes many items in few requests, where the wire can. For each change the item, or the error why not, in their
   * order.
   */
  readonly updateMany?: (
    changes: readonly { readonly item: ItemRef; readonly change: ItemChange }[],
    call: ProviderCall,
  ) => Promise<(DriveItem | OneDriveError)[]>;
  /**
   * Creates or replaces many small files in few requests, where the wire can. For each the item, or the error why not,
   * in their order.
   */
  readonly putMany?: (
    contents: readonly {
      readonly at: ItemRef;
      readonly bytes: Uint8Array;
      /** What happens if the name is taken. Default: `replace`. */
      readonly conflict?: 'fail' | 'replace' | undefined;
    }[],
    call: ProviderCall,
  ) => Promise<(DriveItem | OneDriveError)[]>;
  /** Moves an item to the recycle bin. */
  remove(ref: ItemRef, call: ProviderCall & { readonly ifMatch?: string | undefined }): Promise<void>;
  /** Makes a sharing link, or gives the one there is. */
  link(ref: ItemRef, request: CreateLinkRequest, call: ProviderCall): Promise<Permission>;
  /** Starts a copy; its monitor tells when it is done. */
  startCopy(
    ref: ItemRef,
    target: CopyTarget,
    call: ProviderChange & { readonly attempts?: Attempts | undefined },
  ): Promise<CopyStart>;
  /** Whether the item at a place is the copy of an attempt whose answer was lost. Absent where that cannot be known. */
  readonly standingCopy?: (at: ItemRef, options: StandingCopyOptions) => Promise<StandingCopy>;
  /** How far a copy is. */
  copyStatus(ticket: string, call: ProviderCall): Promise<CopyStatus>;
  /** A place to read the content of an item from that was just read: a secret, good for minutes. */
  contentPlace(item: DriveItem, call: ProviderCall): Promise<string>;
  /** The bytes of a file, or of a range of it. */
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
  /** What an upload session still expects. */
  askSession(session: ProviderSession, call: ProviderCall): Promise<SessionAnswer>;
  /** Ends an upload session and drops what it has. */
  cancelSession(session: ProviderSession, call: ProviderCall): Promise<void>;
}
