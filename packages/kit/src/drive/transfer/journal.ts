/**
 * The durable record of a transfer: what a process that died, was stopped or lost its network leaves behind, so that
 * the same command goes on where it was. One small text per transfer in a {@link Store}; a lock per transfer keeps two
 * processes from doing the same one. The URL of an upload session is a secret and is written nowhere else.
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

/** Where transfers are written down. */
export interface TransferJournal {
  readonly store: Store;
  readonly lock: Lock;
  /** Where part files and sources are. */
  readonly fileSystem: FileSystem;
  /** Whose drive the records are about: the same text in every process of that account and drive. */
  readonly scope: string;
  /** Called when the journal cannot be used: the transfer then runs without one, and cannot be resumed. */
  readonly onUnavailable?: ((error: unknown) => void) | undefined;
}

/** What every record says. Times are milliseconds since the epoch, sizes bytes. */
export interface RecordFacts {
  readonly version: 1;
  readonly id: string;
  readonly scope: string;
  /** Absolute path of the local file. */
  readonly local: string;
  /** Id of the tree that it is a part of. */
  readonly tree?: string | undefined;
  /** The item, for people. */
  readonly remote: string;
  readonly size: number;
  /** Bytes that need not be moved again. */
  readonly done: number;
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** An upload under way. */
export interface UploadRecord extends RecordFacts {
  readonly kind: 'upload';
  readonly at: ItemRef;
  readonly conflict: ConflictBehavior;
  readonly ifMatch?: string | undefined;
  readonly keepTimes: boolean;
  readonly fingerprint: Fingerprint;
  readonly fragmentSize: number;
  /** Absent where the content goes in one request, or before there is one. */
  readonly session?: ProviderSession | undefined;
  /** State of the hash, base64; it knows how many bytes it has seen. */
  readonly hash: string;
}

/** Bytes [start, end) of a download, of which those before `position` are in the part file. */
export interface RecordedSpan {
  readonly start: number;
  readonly end: number;
  readonly position: number;
  /** State of the hash of [start, position), base64. */
  readonly hash: string;
}

/** A download under way. */
export interface DownloadRecord extends RecordFacts {
  readonly kind: 'download';
  readonly target: ItemRef;
  /** cTag or eTag of the item. */
  readonly tag: string;
  /** The ETag of the content itself, for If-Match. */
  readonly contentTag?: string | undefined;
  /** Is the file to be on the disk before it takes its name? */
  readonly durable?: boolean | undefined;
  /** The random part of the part file's name. Absent in records of release 0.1, which used the id. */
  readonly part?: string | undefined;
  readonly spans: readonly RecordedSpan[];
}

/**
 * A whole tree under way: what it was asked for, so that it can be asked for again. Its small files have no records of
 * their own: what is there already is skipped. `size` and `done` are those of the files that were found so far.
 */
export interface TreeRecord extends RecordFacts {
  readonly kind: 'put-tree' | 'get-tree';
  readonly target: ItemRef;
  readonly rules: SelectionRules;
  readonly force: boolean;
  readonly existing: 'replace' | 'skip' | 'rename';
  readonly durable: boolean;
  readonly transfers?: number | undefined;
  /** The folder that the user named, where `local` is below it. */
  readonly top?: string | undefined;
  /** Default: `skip`. */
  readonly links?: LinkPolicy | undefined;
  readonly keepMismatch?: boolean | undefined;
  readonly keepTimes?: boolean | undefined;
  readonly mapNames?: boolean | undefined;
  readonly nameEncoding?: string | undefined;
  /** The random part of the names of part files. */
  readonly part?: string | undefined;
  /** Files that are done, and those that failed. */
  readonly files: number;
  readonly failed: number;
}

/** One transfer as it is written down: all that another process needs to go on. */
export type TransferRecord = UploadRecord | DownloadRecord | TreeRecord;

/** One transfer's place in the journal, held until it is released. */
export interface JournalEntry<T extends TransferRecord> {
  readonly id: string;
  /** What an earlier process left. */
  readonly previous: T | undefined;
  /** Writes it down. A journal that cannot be written is no reason to stop a transfer. */
  save(
    record: Omit<T, 'version' | 'id' | 'scope' | 'local' | 'startedAt' | 'updatedAt' | 'kind'>,
  ): Promise<void>;
  /** Nothing is left to go on with. */
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
 * Takes a transfer's place in the journal; waits while another process has it.
 * @param now milliseconds since the epoch, for the record.
 * @returns undefined where the folder of the journal cannot be written.
 * @throws `signal.reason` when aborted while waiting.
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
  const release = await acquired(journal, `transfer-${id}`, signal);
  if (release === undefined) return undefined;
  const found = await quietly(() => readTransfer(journal, id));
  const previous = found?.kind === kind && found.local === local ? (found as T) : undefined;
  const startedAt = previous?.startedAt ?? now();
  return {
    id,
    previous,
    async save(record) {
      const whole = { version: 1, id, scope, local, startedAt, kind, ...record, updatedAt: now() };
      await quietly(() => store.write(key, JSON.stringify(whole)));
    },
    clear: async () => {
      await quietly(() => store.delete(key));
    },
    release,
  };
}

async function acquired(
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

/** An error of the file system itself. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(E[A-Z0-9]+|local-file)$/.test(String(error.code));
}

/** A refusal of the state folder costs the resumption, not the transfer. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isOneDriveError(error) || isRefusal(error)) return undefined;
    throw error;
  }
}

/** The record of a transfer, undefined where there is none or one that is not of this version. */
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
    return undefined; // not ours, or cut off: as good as none
  }
}

/** All transfers that were not finished, of every account, oldest first. */
export async function listTransfers(journal: Pick<TransferJournal, 'store'>): Promise<TransferRecord[]> {
  const keys = await journal.store.list(folder);
  const records = await Promise.all(
    keys.map((key) => readTransfer(journal, key.slice(folder.length, -'.json'.length))),
  );
  return records
    .filter((record) => record !== undefined)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}

/** Forgets a record. */
export async function deleteTransfer({ store }: Pick<TransferJournal, 'store'>, id: string): Promise<void> {
  await store.delete(`${folder}${id}.json`);
}

/** Is what broke the transfer worth another try later, from where it is? */
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

/** The way back. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
