/**
 * The durable record of a transfer: what remains of it when a process dies, is stopped or loses its network, so that the
 * same command can resume it. One small text per transfer in a {@link Store}; a lock per transfer keeps two processes from
 * running the same one. The URL of an upload session is a secret and is stored nowhere else.
 */
import { isOneDriveError, type OneDriveError } from '../../errors/index.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import type { ConflictBehavior } from '../../graph/types/index.ts';
import type { FileSystem } from '../../platform/file-system.ts';
import type { Lock } from '../../platform/lock.ts';
import type { Store } from '../../platform/store.ts';
import type { ProviderSession } from '../provider/provider.ts';
import type { Fingerprint } from './file-source.ts';
import type { LinkPolicy } from './tree/link-policy.ts';
import type { SelectionRules } from './tree/selection.ts';

/** Where the records of transfers are stored. */
export interface TransferJournal {
  readonly store: Store;
  readonly lock: Lock;
  /** The file system of part files and sources. */
  readonly fileSystem: FileSystem;
  /** Identifies the account and the drive of the records: the same text in every process. */
  readonly scope: string;
  /** Called if the journal cannot be used: the transfer then runs without a record and cannot be resumed. */
  readonly onUnavailable?: ((error: unknown) => void) | undefined;
}

/** The fields of every record. Times are milliseconds since the epoch, sizes bytes. */
export interface RecordFacts {
  readonly version: 1;
  readonly id: string;
  readonly scope: string;
  /** Absolute path of the local file. */
  readonly local: string;
  /** Id of the tree transfer that it belongs to. */
  readonly tree?: string | undefined;
  /** The item, as text for display. */
  readonly remote: string;
  readonly size: number;
  /** Bytes that need not be transferred again. */
  readonly done: number;
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** An unfinished upload. */
export interface UploadRecord extends RecordFacts {
  readonly kind: 'upload';
  readonly at: ItemRef;
  readonly conflict: ConflictBehavior;
  readonly ifMatch?: string | undefined;
  readonly keepTimes: boolean;
  readonly fingerprint: Fingerprint;
  readonly fragmentSize: number;
  /** Absent if the content is sent in one request, or before the session is created. */
  readonly session?: ProviderSession | undefined;
  /** State of the hash, base64; it includes the number of bytes hashed. */
  readonly hash: string;
}

/** Bytes [start, end) of a download; those before `position` are in the part file. */
export interface RecordedSpan {
  readonly start: number;
  readonly end: number;
  readonly position: number;
  /** State of the hash of [start, position), base64. */
  readonly hash: string;
}

/** An unfinished download. */
export interface DownloadRecord extends RecordFacts {
  readonly kind: 'download';
  readonly target: ItemRef;
  /** cTag or eTag of the item. */
  readonly tag: string;
  /** The ETag of the content itself, for If-Match. */
  readonly contentTag?: string | undefined;
  /** Whether the file is flushed to disk before it is renamed to its final name. */
  readonly durable?: boolean | undefined;
  /** The random part of the name of the part file. Absent in records of release 0.1, which used the id. */
  readonly part?: string | undefined;
  readonly spans: readonly RecordedSpan[];
}

/**
 * An unfinished tree transfer: its options, so that it can be repeated. Its small files have no records of their own: files
 * already transferred are skipped. `size` and `done` are of the files planned so far.
 */
export interface TreeRecord extends RecordFacts {
  readonly kind: 'put-tree' | 'get-tree';
  readonly target: ItemRef;
  readonly rules: SelectionRules;
  readonly force: boolean;
  readonly existing: 'replace' | 'skip' | 'rename';
  readonly durable: boolean;
  readonly transfers?: number | undefined;
  /** The folder that the user named, if `local` is below it. */
  readonly top?: string | undefined;
  /** Default: `skip`. */
  readonly links?: LinkPolicy | undefined;
  readonly keepMismatch?: boolean | undefined;
  readonly keepTimes?: boolean | undefined;
  readonly mapNames?: boolean | undefined;
  readonly nameEncoding?: string | undefined;
  /** The random part of the names of part files. */
  readonly part?: string | undefined;
  /** Number of files transferred, and of files that failed. */
  readonly files: number;
  readonly failed: number;
}

/** The stored record of one transfer: all that another process needs to resume it. */
export type TransferRecord = UploadRecord | DownloadRecord | TreeRecord;

/** The journal entry of one transfer, locked until it is released. */
export interface JournalEntry<T extends TransferRecord> {
  readonly id: string;
  /** The record that an earlier process left. */
  readonly previous: T | undefined;
  /** Saves the record. If the journal cannot be written, the transfer continues. */
  save(
    record: Omit<T, 'version' | 'id' | 'scope' | 'local' | 'startedAt' | 'updatedAt' | 'kind'>,
  ): Promise<void>;
  /** Deletes the record: there is nothing to resume. */
  clear(): Promise<void>;
  release(): Promise<void>;
}

const folder = 'transfers/';

/** 64 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): the same transfer has the same id in every process. */
export function transferId(...identity: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(identity)))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/**
 * Locks and opens the journal entry of a transfer; waits while another process has the lock.
 * @param now milliseconds since the epoch, for the record.
 * @returns undefined if the folder of the journal cannot be written.
 * @throws `signal.reason` if aborted while waiting.
 */
export async function openEntry<T extends TransferRecord>(
  journal: TransferJournal,
  kind: T['kind'],
  { local, target, signal }: { local: string; target: ItemRef; signal?: AbortSignal | undefined },
  now: () => number,
): Promise<JournalEntry<T> | undefined> {
  const { store, scope } = journal;
  const id = transferId(kind, scope, local, JSON.stringify(target));
  const key = `${folder}${id}.json`;
  const release = await acquireLock(journal, `transfer-${id}`, signal);
  if (release === undefined) return undefined;
  const stored = await ignoreFailure(() => readTransfer(journal, id));
  const previous = stored?.kind === kind && stored.local === local ? (stored as T) : undefined;
  const startedAt = previous?.startedAt ?? now();
  return {
    id,
    previous,
    async save(record) {
      const fullRecord = { version: 1, id, scope, local, startedAt, kind, ...record, updatedAt: now() };
      await ignoreFailure(() => store.write(key, JSON.stringify(fullRecord)));
    },
    clear: async () => {
      await ignoreFailure(() => store.delete(key));
    },
    release,
  };
}

async function acquireLock(
  { lock, onUnavailable }: TransferJournal,
  name: string,
  signal: AbortSignal | undefined,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lock.acquire(name, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (!isRefusal(error)) throw error;
    onUnavailable?.(error);
    return undefined;
  }
}

/** Whether the file system itself reported the error. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(E[A-Z0-9]+|local-file)$/.test(String(error.code));
}

/** If the state folder cannot be used, the transfer cannot be resumed, but it does not fail. */
async function ignoreFailure<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isOneDriveError(error) || isRefusal(error)) return undefined;
    throw error;
  }
}

/** The record of a transfer; undefined if there is none, or one of another version. */
export async function readTransfer(
  { store }: Pick<TransferJournal, 'store'>,
  id: string,
): Promise<TransferRecord | undefined> {
  const stored = await store.read(`${folder}${id}.json`);
  if (stored === undefined) return undefined;
  try {
    const record = JSON.parse(stored.text) as TransferRecord;
    return (record.version as number) === 1 && record.id === id ? record : undefined;
  } catch {
    return undefined; // truncated, or written by another program: treated as missing
  }
}

/** All unfinished transfers of every account, oldest first. */
export async function listTransfers(journal: Pick<TransferJournal, 'store'>): Promise<TransferRecord[]> {
  const keys = await journal.store.list(folder);
  const records = await Promise.all(
    keys.map((key) => readTransfer(journal, key.slice(folder.length, -'.json'.length))),
  );
  return records
    .filter((record) => record !== undefined)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}

/** Deletes a record. */
export async function deleteTransfer({ store }: Pick<TransferJournal, 'store'>, id: string): Promise<void> {
  await store.delete(`${folder}${id}.json`);
}

/** Whether a transfer that failed with this error can be resumed later. */
export function isResumable(error: unknown): boolean {
  return isOneDriveError(error) && resumable.has(error.code);
}

const resumable: ReadonlySet<OneDriveError['code']> = new Set([
  ...(['network', 'service', 'throttled', 'protocol', 'locked'] as const),
  ...(['auth-required', 'auth-failed', 'access-denied', 'local-file'] as const),
]);

/** Bytes as text for a record. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The inverse of {@link toBase64}. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
