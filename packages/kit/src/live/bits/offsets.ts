/**
 * Decides which bytes a BITS upload sends next, as pure functions. The server knows which bytes it has: after
 * a response, an overlap or a gap, the upload continues from the offset in the response, and a contradictory
 * response ends the upload instead of writing a wrong file. Source: [MC-BUP] §3.1.5.1.2 (Fragment), and
 * https://gist.github.com/rgregg/37ba8929768a62131e85
 */
import { OneDriveError } from '../../errors/index.ts';

/** Bytes [start, end) of `total`. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** The state of an upload: the length of the file and the number of bytes on the server. */
export interface BitsProgress {
  readonly total: number;
  readonly received: number;
  /** Responses in a row without progress. */
  readonly stalls: number;
}

/** Default fragment size in bytes: 10 MiB. */
export const defaultFragmentSize = 10 * 1024 * 1024;

/** Maximum number of responses in a row without progress. */
const patience = 5;

/**
 * The state of a new session. @param total bytes, at least 1: a zero-byte file is never uploaded with BITS.
 */
export function startOf(total: number): BitsProgress {
  if (!Number.isSafeInteger(total) || total < 1) {
    throw new OneDriveError('usage', 'A BITS upload needs at least one byte.', {
      hint: 'Upload an empty file in one request.',
    });
  }
  return { total, received: 0, stalls: 0 };
}

/** The next fragment, or undefined if the server has everything. @param size bytes, at least 1. */
export function nextFragment(
  progress: BitsProgress,
  size: number = defaultFragmentSize,
): Fragment | undefined {
  const { received, total } = progress;
  if (received >= total) return undefined;
  return { start: received, end: Math.min(total, received + Math.max(1, Math.floor(size))), total };
}

/**
 * The state after a response with the number of bytes on the server.
 * @param said the number in `BITS-Received-Content-Range`; undefined if the response to an accepted fragment
 * had none, which means the end of that fragment.
 * @throws OneDriveError `protocol` for a number outside the file or for repeated responses without progress.
 */
export function afterAnswer(progress: BitsProgress, sent: Fragment, said: number | undefined): BitsProgress {
  const received = said ?? sent.end;
  if (!Number.isSafeInteger(received) || received < 0 || received > progress.total) {
    throw new OneDriveError(
      'protocol',
      `The upload service reports ${received} bytes of a file of ${progress.total}.`,
      { hint: 'Start the upload again.' },
    );
  }
  const stalls = received > progress.received ? 0 : progress.stalls + 1;
  if (stalls > patience) {
    throw new OneDriveError(
      'protocol',
      `The upload makes no progress: the service has requested byte ${received} ${stalls} times in a row.`,
      { hint: 'Start the upload again.' },
    );
  }
  return { total: progress.total, received, stalls };
}

/** `bytes 0-9/100` for a fragment. */
export function contentRange({ start, end, total }: Fragment): string {
  return `bytes ${start}-${end - 1}/${total}`;
}

/** The offset in a `BITS-Received-Content-Range` header; undefined if it is missing or not a number. */
export function parseReceived(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d{1,15}\s*$/.test(header) ? Number(header) : undefined;
}
