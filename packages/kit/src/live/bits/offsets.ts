/**
 * Which bytes a BITS upload sends next, as pure functions. The server is the judge of what it has: after an answer,
 * an overlap or a gap, the upload goes on from the offset that it names, and an answer that contradicts itself ends
 * the upload instead of writing a wrong file.
 * Source: [MC-BUP] §3.1.5.1.2 (Fragment), and https://gist.github.com/rgregg/37ba8929768a62131e85
 */
import { OneDriveError } from '../../errors/index.ts';

/** Bytes [start, end) of `total`. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** What an upload knows: how long the file is and how many bytes the server is known to hold. */
export interface BitsProgress {
  readonly total: number;
  readonly received: number;
  /** Answers in a row that moved nothing. */
  readonly stalls: number;
}

/** Bytes of a fragment unless told: 10 MiB. */
export const defaultFragmentSize = 10 * 1024 * 1024;

/** Answers in a row that move nothing before an upload gives up. */
const patience = 5;

/** The state of a fresh session. @param total bytes, at least 1: a zero-byte file is never uploaded by BITS. */
export function startOf(total: number): BitsProgress {
  if (!Number.isSafeInteger(total) || total < 1) {
    throw new OneDriveError('usage', 'A BITS upload needs at least one byte.', {
      hint: 'Put an empty file in one request.',
    });
  }
  return { total, received: 0, stalls: 0 };
}

/** The next fragment, or undefined when the server has everything. @param size bytes, at least 1. */
export function nextFragment(
  progress: BitsProgress,
  size: number = defaultFragmentSize,
): Fragment | undefined {
  const { received, total } = progress;
  if (received >= total) return undefined;
  return { start: received, end: Math.min(total, received + Math.max(1, Math.floor(size))), total };
}

/**
 * The state after the server said how much it holds.
 * @param said the number in `BITS-Received-Content-Range`; undefined when an accepted fragment's answer had none,
 * which stands for the end of that fragment.
 * @throws OneDriveError `protocol` for a number outside the file or for answers that no longer move anything.
 */
export function afterAnswer(progress: BitsProgress, sent: Fragment, said: number | undefined): BitsProgress {
  const received = said ?? sent.end;
  if (!Number.isSafeInteger(received) || received < 0 || received > progress.total) {
    throw new OneDriveError(
      'protocol',
      `The upload service says that it holds ${received} bytes of a file of ${progress.total}.`,
      { hint: 'Start the upload again.' },
    );
  }
  const stalls = received > progress.received ? 0 : progress.stalls + 1;
  if (stalls > patience) {
    throw new OneDriveError(
      'protocol',
      `The upload does not move: the service has asked for byte ${received} ${stalls} times in a row.`,
      { hint: 'Start the upload again.' },
    );
  }
  return { total: progress.total, received, stalls };
}

/** `bytes 0-9/100` for a fragment. */
export function contentRange({ start, end, total }: Fragment): string {
  return `bytes ${start}-${end - 1}/${total}`;
}

/** The offset in a `BITS-Received-Content-Range` header; undefined when there is none or it is no number. */
export function parseReceived(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d{1,15}\s*$/.test(header) ? Number(header) : undefined;
}
