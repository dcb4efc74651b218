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
  | { readonly type: 'failed'; readonly path: string; readonly error: unknown }
  /** The last one. */
  | ({ readonly type: 'summary' } & TransferSummary);

/** `same`: it is there already. `exists`: something is there, and was not to be replaced. `kind`: it has no content of its own. */
export type SkipReason = 'same' | 'exists' | 'kind';

/** How a transfer of many files ended. */
export interface TransferSummary {
  readonly files: number;
  readonly bytes: number;
  readonly folders: number;
  readonly skipped: number;
  readonly failed: number;
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
  verdicts: { verified: 0, 'size-only': 0, rewritten: 0 },
  elapsed: 0,
};
