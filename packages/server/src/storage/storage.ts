/**
 * The seam between the embedded OneDrive and where it keeps things: records and blobs, and no rules. Whoever calls
 * decides what a name, an eTag or a conflict is (`domain/`, `items/`); storage keeps rows, answers by index and makes
 * a transaction whole. Records are synchronous on purpose: a rule reads and writes within one transaction, which no
 * other request of this process can enter, and which SQLite keeps other processes out of.
 * Two implementations, `memory/` and `directory/`, pass one suite: `storage*.test.ts` in test/contract/.
 */
import type { ItemRecord, NewItem } from '../files/items/item-record.ts';

/** How a listing is ordered. `wire` is the service's own order: folders first, then by folded name. */
export type ChildOrder = 'wire' | 'name' | 'size' | 'modified' | 'created';

/** Where a listing goes on: strictly after the item with these values, in the listing's own order. */
export interface ChildCursor {
  readonly rank: 0 | 1;
  /** The value of the ordering column: folded name, bytes, or milliseconds since the epoch. */
  readonly value: string | number;
  readonly key: number;
}

export interface ChildQuery {
  readonly order: ChildOrder;
  readonly descending?: boolean;
  readonly after?: ChildCursor | undefined;
  readonly limit: number;
}

export interface ScanQuery {
  /** Only items whose folded name contains every one of these. */
  readonly contains?: readonly string[];
  /** Only files, newest change first; otherwise in order of key. */
  readonly recentFiles?: boolean;
  /** Only the top items of deletions (the recycle bin), otherwise only live items. */
  readonly binned?: boolean;
  /** Only keys above this one; not with `recentFiles`. */
  readonly after?: number;
  readonly limit: number;
}

/** What a transaction can do. Every method works on committed state plus this transaction's own writes. */
export interface Records {
  item(key: number): ItemRecord | undefined;
  /** By the id of the wire, whatever its state. */
  itemById(drive: number, id: string): ItemRecord | undefined;
  /** The live child of that folded name. */
  child(parent: number, folded: string): ItemRecord | undefined;
  /** Live children, in order. Text compares by code point. */
  children(parent: number, query: ChildQuery): readonly ItemRecord[];
  /** Items of any state whose sequence is above `after`, in order of sequence. */
  changes(drive: number, after: number, limit: number): readonly ItemRecord[];
  scan(drive: number, query: ScanQuery): readonly ItemRecord[];
  /** Bytes in the recycle bin: the sizes of its top items. */
  binnedBytes(drive: number): number;
  /** The highest sequence number given out in a drive; 0 where there is none. */
  lastSequence(drive: number): number;
  /** Inserts (and gives it a key where it has none), or replaces the row of that key. */
  putItem(item: ItemRecord | NewItem): ItemRecord;
  /** Takes a row out without a trace: for going back to a snapshot. What people delete goes to the bin. */
  removeItem(key: number): void;
  /**
   * Moves an item and everything below it that is in bin state `from` to bin state `to`; each row gets the next
   * sequence number from `sequence` on, the top one first.
   * @returns how many rows moved.
   */
  moveTreeToBin(top: number, from: number, to: number, sequence: number): number;
  /** A document: plain JSON under a kind and a key. */
  document(kind: string, key: string): unknown;
  /** Documents of a kind, sorted by key by code point. The cost grows with the number of results only. */
  documents(kind: string, query?: DocumentQuery): readonly StoredDocument[];
  /** Every kind of which there are documents. */
  documentKinds(): readonly string[];
  /** Undefined removes it. */
  putDocument(kind: string, key: string, value: unknown): void;
  /** One more reference to a blob; the first one makes it outlive a crash. */
  retainBlob(id: string): void;
  /** One reference less; with the last one the bytes go, after the commit. */
  releaseBlob(id: string): void;
}

/** Which documents of a kind to list. */
export interface DocumentQuery {
  /** Only keys that start with this. */
  readonly prefix?: string;
  /** Only keys that sort after this one; before it if `descending`. */
  readonly after?: string;
  readonly descending?: boolean;
  readonly limit?: number;
}

export interface StoredDocument {
  readonly key: string;
  readonly value: unknown;
}

/** What is known of a blob once it is whole. */
export interface SealedBlob {
  readonly id: string;
  readonly size: number;
  /** base64 */
  readonly quickXorHash: string;
  /** Upper-case hex. */
  readonly sha1: string;
}

/** Bytes of a blob as they are read. */
export interface BlobBytes extends AsyncIterable<Uint8Array> {
  /** All of them, where they are few and at hand. */
  readonly whole?: Uint8Array | undefined;
  /** Takes a chunk back that the reader is done with: its memory may hold a later one. */
  recycle?(chunk: Uint8Array): void;
}

/** Bytes. A blob is written from front to back, in one or more appends, sealed, and then only read. */
export interface Blobs {
  /** A fresh id. Nothing is kept until bytes are appended or the blob is retained. */
  create(): string;
  /**
   * Writes `bytes` at byte `offset`, dropping whatever was at and beyond it.
   * A source that throws leaves the blob as it was: `offset` bytes long.
   * @returns the new length.
   */
  append(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** Makes the bytes durable and tells their size and hashes; they were computed on the way. */
  seal(id: string): Promise<SealedBlob>;
  /** The bytes of the half-open range [start, end), in chunks of up to 1 MiB. */
  read(id: string, start: number, end: number): BlobBytes;
  /**
   * Can the bytes [start, end) be read? A storage whose bytes can get damaged looks before an answer begins.
   * @throws StorageError `damaged`.
   */
  check?(id: string, start: number, end: number): Promise<void> | undefined;
  /** Forgets a blob that no record retains. */
  discard(id: string): Promise<void>;
}

/** Records and bytes of one server. */
export interface Storage {
  /** Whether it outlives the process, so that emptying it needs a clear word. */
  readonly onDisk: boolean;
  readonly blobs: Blobs;
  /** Runs `fn` on one consistent state. */
  read<T>(fn: (records: Records) => T): T;
  /** Runs `fn` alone; when it throws, nothing of it remains. What it wrote can be read at once. */
  write<T>(fn: (records: Records) => T): T;
  /**
   * Resolves when all that was written so far outlives the process, and rejects when it could not be kept; undefined
   * when nothing is outstanding. A handler waits for it before it answers: writes that come together are kept together.
   */
  settled(): Promise<void> | undefined;
  /**
   * Frees the space that is kept for a full disk, so that something can be deleted.
   * @returns whether there was any; undefined method where a storage keeps none.
   */
  makeRoom?(): boolean;
  /** Forgets everything. */
  reset(): Promise<void>;
  /** Lets go of files and memory. */
  close(): Promise<void>;
}
