/** Events of a tree transfer, as plain data: the same for a program, a progress display and a log. */
import type { HintStep } from '../../../errors/index.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import type { TransferResult } from '../upload.ts';

/** Paths are relative to where the transfer starts, with `/` between names. Sizes are bytes. */
export type TransferEvent =
  /** To be transferred; a dry run emits only these. */
  | { readonly type: 'planned'; readonly path: string; readonly size: number }
  /** The source has been read completely: every file has had its `planned` event. */
  | { readonly type: 'listed' }
  /** A folder was created. */
  | { readonly type: 'folder'; readonly path: string }
  /** The size of a stream is not known at the start. */
  | { readonly type: 'started'; readonly path: string; readonly size: number | undefined }
  /** At most ten times a second for each file; the first event of a stream includes the bytes spooled to disk. */
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
      /** QuickXorHash of the transferred bytes, base64. */
      readonly hash: string | undefined;
      /** The item as the service reports it: with another hash if the service rewrote the file. */
      readonly item: DriveItem;
    }
  | { readonly type: 'skipped'; readonly path: string; readonly size: number; readonly reason: SkipReason }
  /** The file, or the folder with everything below it, was not transferred because of an error. */
  | { readonly type: 'failed'; readonly path: string; readonly error: unknown }
  /** The file, or the folder with everything below it, was omitted on purpose. */
  | OmittedEvent
  /** The last event. */
  | ({ readonly type: 'summary' } & TransferSummary);

/** `same`: the target has the same content. `exists`: the target exists and must not be replaced. */
export type SkipReason = 'same' | 'exists';

/** A file or folder that was omitted on purpose, with the reason. */
export interface OmittedEvent {
  readonly type: 'omitted';
  readonly path: string;
  readonly reason: OmissionReason;
  /** The reason as a sentence fragment: `it is a symbolic link`. */
  readonly message: string;
  /** What would include it. */
  readonly hint?: HintStep | undefined;
  /** Files in it, if it is a folder and they were counted. */
  readonly files?: number | undefined;
}

/**
 * Why a file or folder was omitted.
 *
 * - `filter`: the caller's own rules exclude it.
 * - `symlink`: a symbolic link, under the policy that skips links.
 * - `special-file`: a FIFO, a socket or a device.
 * - `refused-name`: the other side does not allow the name.
 * - `undecodable-name`: a local name that is not valid in the encoding of names.
 * - `unreadable`: a local file without permission to read it.
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

/** Totals of a tree transfer. */
export interface TransferSummary {
  readonly files: number;
  readonly bytes: number;
  readonly folders: number;
  readonly skipped: number;
  readonly failed: number;
  /** Files and folders that were omitted on purpose; a folder adds the number of files in it, if they were counted. */
  readonly omitted: number;
  /** {@link TransferSummary.omitted} by reason. */
  readonly omissions: Readonly<Partial<Record<OmissionReason, number>>>;
  readonly verdicts: Readonly<Record<TransferResult['verdict'], number>>;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** Adds an event to the totals. Pure. */
export function addEvent(summary: TransferSummary, event: TransferEvent): TransferSummary {
  switch (event.type) {
    case 'done':
      return {
        ...summary,
        files: summary.files + 1,
        bytes: summary.bytes + event.size,
        verdicts: { ...summary.verdicts, [event.verdict]: summary.verdicts[event.verdict] + 1 },
      };
    case 'folder':
      return { ...summary, folders: summary.folders + 1 };
    case 'skipped':
      return { ...summary, skipped: summary.skipped + 1 };
    case 'failed':
      return { ...summary, failed: summary.failed + 1 };
    case 'omitted': {
      const { reason, files = 1 } = event;
      const count = Math.max(1, files);
      return {
        ...summary,
        omitted: summary.omitted + count,
        omissions: { ...summary.omissions, [reason]: (summary.omissions[reason] ?? 0) + count },
      };
    }
    case 'planned':
    case 'listed':
    case 'started':
    case 'progress':
    case 'summary':
      return summary;
  }
}

export const emptySummary: TransferSummary = {
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

/** Reasons that follow from the caller's options: with such an omission the transfer is still complete. */
const chosenByCaller: ReadonlySet<OmissionReason> = new Set(['filter', 'symlink']);

/** True if an omission for this reason means that the transfer is not complete. Pure. */
export function isIncomplete(reason: OmissionReason): boolean {
  return !chosenByCaller.has(reason);
}
