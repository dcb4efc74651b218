/** The request bodies of an update and of a new folder. */
import type { ConflictBehavior } from './drive-item.ts';
import type { FileSystemInfo, FolderFacet } from './facets.ts';

/** What PATCH can change. https://learn.microsoft.com/graph/api/driveitem-update */
export interface ItemChange {
  readonly name?: string;
  /** Personal drives only. */
  readonly description?: string;
  readonly fileSystemInfo?: FileSystemInfo;
  /** Moves the item. `{id: "root"}` is rejected: use the real id of the root. */
  readonly parentReference?: { readonly driveId?: string; readonly id?: string; readonly path?: string };
}

/** The body of creating a folder. https://learn.microsoft.com/graph/api/driveitem-post-children */
export interface CreateFolderRequest {
  readonly name: string;
  readonly folder: FolderFacet;
  readonly description?: string;
  readonly '@microsoft.graph.conflictBehavior': ConflictBehavior;
}
