/** The upload session: uploads content above a few megabytes in fragments. */
import type { ConflictBehavior } from './drive-item.ts';
import type { FileSystemInfo } from './facets.ts';

/** https://learn.microsoft.com/graph/api/resources/uploadsession */
export interface UploadSession {
  /** The upload URL. A secret, which works without a token; never to be logged. */
  readonly uploadUrl?: string;
  /** ISO 8601, UTC; every fragment extends it. */
  readonly expirationDateTime?: string;
  /** `26-` or `26-99`, byte positions, both inclusive; not necessarily all missing ranges. */
  readonly nextExpectedRanges?: readonly string[];
}

/** The body of createUploadSession. https://learn.microsoft.com/graph/api/driveitem-createuploadsession#request-body */
export interface UploadSessionRequest {
  readonly item: {
    readonly '@microsoft.graph.conflictBehavior': ConflictBehavior;
    /** Equal to the last segment of the path, if there is a path. */
    readonly name?: string;
    /** Personal drives only. */
    readonly description?: string;
    /** Bytes; with it, the service checks the quota before the first fragment. */
    readonly fileSize?: number;
    readonly fileSystemInfo?: FileSystemInfo;
  };
  readonly deferCommit?: boolean;
}
