/** The upload session: how content above a few megabytes gets in, fragment by fragment. */
import type { ConflictBehavior } from './drive-item.ts';
import type { FileSystemInfo } from './facets.ts';

/** https://learn.microsoft.com/graph/api/resources/uploadsession */
export interface UploadSession {
  /** Where the fragments go. A secret of its own, which works without a token; never to be logged. */
  readonly uploadUrl?: string;
  /** ISO 8601, UTC; every fragment extends it. */
  readonly expirationDateTime?: string;
  /** `26-` or `26-99`, byte positions, both inclusive; not always all of them. */
  readonly nextExpectedRanges?: readonly string[];
}

/** The body of createUploadSession. https://learn.microsoft.com/graph/api/driveitem-createuploadsession#request-body */
export interface UploadSessionRequest {
  readonly item: {
    readonly '@microsoft.graph.conflictBehavior': ConflictBehavior;
    /** Equal to the last segment of the path, where the path has one. */
    readonly name?: string;
    /** Personal drives only. */
    readonly description?: string;
    /** Bytes; makes the service check the free quota before the first fragment. */
    readonly fileSize?: number;
    readonly fileSystemInfo?: FileSystemInfo;
  };
  readonly deferCommit?: boolean;
}
