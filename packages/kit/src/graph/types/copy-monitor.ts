/** The monitor of a long-running action (copy). */

/**
 * The progress of a copy. SharePoint spells some keys differently, so both spellings are declared.
 * https://learn.microsoft.com/graph/long-running-actions-overview
 */
export interface CopyMonitor {
  /**
   * `notStarted`, `inProgress`, `completed`, `failed`, `cancelled`, `waiting`, `cancelPending`, `updating`,
   * `deletePending` or `deleteFailed`.
   */
  readonly status?: string;
  /** 0..100. */
  readonly percentageComplete?: number;
  readonly operation?: string;
  /** The id of the new item, when completed. */
  readonly resourceId?: string;
  /** The URL of the new item on another host. Not followed. */
  readonly resourceLocation?: string;
  readonly statusDescription?: string;
  readonly errorCode?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** The body of copy. https://learn.microsoft.com/graph/api/driveitem-copy#request-body */
export interface CopyRequest {
  readonly parentReference: { readonly driveId?: string; readonly id?: string; readonly path?: string };
  readonly name?: string;
}
