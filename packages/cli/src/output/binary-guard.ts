/** Binary content does not go to a terminal by accident: the bytes would change its state and be of no use. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Output } from '../streams.ts';

/** Ways to get the content all the same, for the hint. */
export const contentElsewhere = {
  /** For a command that takes a local target. */
  target: 'Name a local file after it, or - to write it to the terminal anyway.',
  /** For a command that only prints. */
  pipe: 'Redirect the output (> FILE), or pipe it into another program.',
} as const;

/**
 * Writes content to `stdout`. On a terminal the first bytes decide: binary content is refused.
 * @throws OneDriveError `usage` before anything of it is written.
 */
export function contentWriter(stdout: Output, hint: string): (bytes: Uint8Array) => Promise<void> {
  let checked = !stdout.isTTY;
  return async (bytes) => {
    if (!checked && bytes.byteLength > 0) {
      if (isBinary(bytes))
        throw new OneDriveError('usage', 'This is binary content, which is not written to a terminal.', {
          hint,
        });
      checked = true;
    }
    await stdout.write(bytes);
  };
}

/** True for a NUL, or for what is not UTF-8; the last character may be cut off. Pure. */
export function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return false;
  } catch {
    return true;
  }
}
