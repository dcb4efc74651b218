/** How long operations report their progress. */

/** Progress: `loaded` of `total` bytes (for a copy: percent). */
export interface Progress {
  readonly phase: 'spool' | 'upload' | 'download' | 'copy';
  readonly loaded: number;
  /** Undefined if unknown. */
  readonly total: number | undefined;
}

/** Called often, and must be fast. An error that it throws ends the operation. */
export type OnProgress = (progress: Progress) => void;
