/** What a transfer of many files tells while it runs, as data: the same for a program, a progress display and a log. */
import type { DriveItem } from '../../../graph/types/index.ts';
import type { TransferResult } from '../upload.ts';

/** Paths are relative to where the transfer starts, with `/` between names. Sizes are bytes. */
export type TransferEvent =
  /** Found, and to be moved; also all that a dry run tells. */
  | { readonly type: 'planned'; readonly path: string; readonly size: number }
  /** A folder was made. */
  | { readonly type: 'folder'; readonly path: string }
  /** The size of a stream is not known yet. */
  | { readonly type: 'started'; readonly path: string; readonly size: number | undefined }
  /** At most ten times a second for each file; the first one of a stream counts what waits on disk. */
  | {
      readonly type: 'progress';
      readonly path: string;
      readonly loaded: number;
      readonly total: number | undefined;
    }
  | {
      readonly type: 'done';
      readonly path: string;
      readonly size: number;
      readonly verdict: TransferResult['verdict'];
      /** QuickXorHash of what was moved, base64. */
      readonly hash: string | undefined;
      /** What the service says of the same file: another hash where it rewrote the file. */
      readonly item: DriveItem;
    }
  | { readonly type: 'skipped'; readonly path: string; readonly size: number; readonly reason: SkipReason }
  /** The file, or the folder with everything below it, was not transferred because of an error. */
  | { readonly type: 'failed'; readonly path: string; readonly error: unknown }
  /** The file, or the folder with everything below it, was left out on purpose. */
  | OmittedEvent
  /** The last one. */
  | ({ readonly type: 'summary' } & TransferSummary);

/** `same`: the target has the same content. `exists`: the target exists and must not be replaced. */
export type SkipReason = 'same' | 'exists';

/** Something that was left out on purpose, with the reason. */
export interface OmittedEvent {
  readonly type: 'omitted';
  readonly path: string;
  readonly reason: OmissionReason;
  /** The reason as a sentence fragment: `it is a symbolic link`. */
  readonly message: string;
  /** Files in it, if it is a folder and they were counted. */
  readonly files?: number | undefined;
}

/**
 * Why something was left out.
 *
 * - `filter`: the caller's own rules exclude it.
 * - `symlink`: a symbolic link, under the policy that skips links.
 * - `special-file`: a FIFO, a socket or a device.
 * - `refused-name`: the other side does not allow the name.
 * - `undecodable-name`: a local name that is not valid in the encoding of names.
 * - `unreadable`: a local file that may not be read.
 * - `package`: a OneNote notebook or another package, which has no content of its own.
 * - `vault`: a locked Personal Vault.
 * - `shortcut`: a shortcut whose target is unknown, or that leads back to a folder that contains it.
 */
export type OmissionReason =
  | 'filter'
  | 'symlink'
  | 'special-file'
  | 'refused-name'
  | 'undecodable-name'
  | 'unreadable'
  | 'package'
  | 'vault'
  | 'shortcut';

/** How a transfer of many files ended. */
export interface TransferSummary {
  readonly files: number;
  readonly bytes: number;
  readonly folders: number;
  readonly skipped: number;
  readonly failed: number;
  /** Files and folders that were left out on purpose; a folder counts as the files in it, if they were counted. */
  readonly omitted: number;
  /** {@link TransferSummary.omitted} by reason. */
  readonly omissions: Readonly<Partial<Record<OmissionReason, number>>>;
  readonly verdicts: Readonly<Record<TransferResult['verdict'], number>>;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** Adds an event to the counts. Pure. */
export function counted(sum: TransferSummary, event: TransferEvent): TransferSummary {
  switch (event.type) {
    case 'done':
      return {
        ...sum,
        files: sum.files + 1,
        bytes: sum.bytes + event.size,
        verdicts: { ...sum.verdicts, [event.verdict]: sum.verdicts[event.verdict] + 1 },
      };
    case 'folder':
      return { ...sum, folders: sum.folders + 1 };
    case 'skipped':
      return { ...sum, skipped: sum.skipped + 1 };
    case 'failed':
      return { ...sum, failed: sum.failed + 1 };
    case 'omitted': {
      const { reason, files = 1 } = event;
      const count = Math.max(1, files);
      return {
        ...sum,
        omitted: sum.omitted + count,
        omissions: { ...sum.omissions, [reason]: (sum.omissions[reason] ?? 0) + count },
      };
    }
    case 'planned':
    case 'started':
    case 'progress':
    case 'summary':
      return sum;
  }
}

export const nothingYet: TransferSummary = {
  files: 0,
  bytes: 0,
  folders: 0,
  skipped: 0,
  failed: 0,
  omitted: 0,
  omissions: {},
  verdicts: { verified: 0, 'size-only': 0, rewritten: 0, mismatch: 0 },
  elapsed: 0,
};

/** Reasons that the caller has chosen: such an omission leaves the transfer complete. */
const chosen: ReadonlySet<OmissionReason> = new Set(['filter', 'symlink']);

/** True if an omission for this reason means that the transfer is not complete. Pure. */
export function isIncomplete(reason: OmissionReason): boolean {
  return !chosen.has(reason);
}
