/** Refuses to write binary content to a terminal, where it is unreadable and can change the terminal's state. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Output } from '../streams.ts';

/** Hints: how to get binary content anyway. */
export const binaryHints = {
  /** For a command that takes a local target. */
  target: 'Add a local file name as the last argument, or - to write to the terminal anyway.',
  /** For a command that only prints. */
  pipe: 'Redirect the output (> FILE), or pipe it into another program.',
} as const;

/**
 * Creates a writer of content to `stdout`. On a terminal it checks the first bytes, and refuses binary content.
 * @throws OneDriveError `usage` before anything is written.
 */
export function contentWriter(stdout: Output, hint: string): (bytes: Uint8Array) => Promise<void> {
  let checked = !stdout.isTTY;
  return async (bytes) => {
    if (!checked && bytes.byteLength > 0) {
      if (isBinary(bytes))
        throw new OneDriveError('usage', 'Binary content is not written to a terminal.', {
          hint,
        });
      checked = true;
    }
    await stdout.write(bytes);
  };
}

/** Whether the bytes contain a NUL or are not UTF-8; the last character may be cut off. Pure. */
export function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return false;
  } catch {
    return true;
  }
}
