/** How long work tells how far it is. */

/** A moment of progress: `loaded` of `total` bytes (of a copy: percent). */
export interface Progress {
  readonly phase: 'spool' | 'upload' | 'download' | 'copy';
  readonly loaded: number;
  /** Undefined where nobody knows. */
  readonly total: number | undefined;
}

/** Called often, and must be quick. What it throws ends the work. */
export type OnProgress = (progress: Progress) => void;
